export type Milestone = { readonly code: string; readonly state: 'received' | 'pledged' | 'dark' };

/**
 * Which roads are lit: the axis counts roads, not money. A road lights when the sum reaches the budgets of all roads
 * up to it, first in the colour of promises and then in that of money received.
 */
export const milestones = (
  roads: readonly { readonly code: string; readonly budgetMinor: bigint }[],
  pledgedMinor: bigint,
  receivedMinor: bigint,
): Milestone[] => {
  let sumMinor = 0n;
  return roads.map(({ code, budgetMinor }) => {
    sumMinor += budgetMinor;
    return {
      code,
      state: sumMinor <= receivedMinor ? 'received' : sumMinor <= pledgedMinor ? 'pledged' : 'dark',
    };
  });
};

/** How far along the road a sum reaches, in thousandths of its length: whole roads, and the started one in proportion. */
export const reach = (roads: readonly { readonly budgetMinor: bigint }[], sumMinor: bigint): number => {
  if (roads.length === 0) return 0;
  let left = sumMinor;
  let thousandths = 0n;
  for (const { budgetMinor } of roads) {
    const part = left < budgetMinor ? left : budgetMinor;
    thousandths += budgetMinor > 0n ? (part * 1000n) / budgetMinor : 0n;
    left -= part;
    if (left === 0n) break;
  }
  return Number(thousandths) / roads.length;
};
