import { fractions } from './ids';
import type { Transaction } from './store';
import { find, newId, type World } from './world';

export type FaultKind = 'missing' | 'extra' | 'wrong_fee' | 'wrong_currency';
/** What was done to a payout's list: the line that is not there, or the one that stands there instead. */
export type Planted = {
  readonly kind: FaultKind;
  readonly hidden: string | null;
  readonly shown: string | null;
};

/** Spoils some lines of a payout's list, chosen by the seed; the objects themselves stay true. */
export const plantFaults = (
  world: World,
  payoutId: string,
  kind: FaultKind,
  count: number,
): readonly Planted[] => {
  const payout = find(world, 'payout', payoutId);
  const spoiled = new Set(world.store.all('fault').map((fault) => fault.hide));
  const lines = world.store
    .all('paidOut')
    .filter(
      (line) => line.payout === payoutId && line.id !== payout.balance_transaction && !spoiled.has(line.id),
    )
    .flatMap((line) => world.store.get('transaction', line.id) ?? []);
  const chance = fractions(
    `${String(world.store.get('fact', 'seed')?.value)}/${payoutId}/${kind}/${spoiled.size}`,
  );
  const planted: Planted[] = [];
  for (let n = 0; n < count && lines.length > 0; n += 1) {
    const [line] = lines.splice(Math.floor(chance() * lines.length), 1);
    planted.push(plant(world, payoutId, kind, line));
  }
  return planted;
};

const plant = (world: World, payoutId: string, kind: FaultKind, line: Transaction | undefined): Planted => {
  const show = spoiledLine(world, kind, line);
  const hide = kind === 'extra' ? undefined : line?.id;
  world.store.put('fault', {
    id: newId(world, 'fault'),
    payout: payoutId,
    ...(hide !== undefined && { hide }),
    ...(show && { show }),
  });
  return { kind, hidden: hide ?? null, shown: show?.id ?? null };
};

const spoiledLine = (
  world: World,
  kind: FaultKind,
  line: Transaction | undefined,
): Transaction | undefined => {
  if (!line) return undefined;
  switch (kind) {
    case 'missing':
      return undefined;
    case 'extra':
      return { ...structuredClone(line), id: newId(world, 'txn'), source: newId(world, 'ch') };
    case 'wrong_fee':
      return { ...structuredClone(line), fee: line.fee + 1, net: line.net - 1 };
    case 'wrong_currency':
      return { ...structuredClone(line), currency: line.currency === 'usd' ? 'hkd' : 'usd' };
  }
};
