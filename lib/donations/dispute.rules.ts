/** What the provider says about a dispute, read afresh from it. Amounts are in the book currency and positive. */
export type SeenDispute = {
  readonly providerId: string;
  readonly reason: string;
  readonly openedOn: string;
  /** Last day for our answer; null or absent when the provider names none. */
  readonly dueOn?: string | null | undefined;
  /** Null as long as no money has moved: an inquiry only asks. */
  readonly withdrawn: { readonly amountMinor: bigint; readonly feeMinor: bigint } | null;
  readonly reinstated: { readonly amountMinor: bigint; readonly feeMinor: bigint } | null;
  readonly outcome: 'open' | 'won' | 'lost' | 'closed_without_loss';
};

export type DisputeStep = 'open' | 'win' | 'lose';

/**
 * The steps that are still to be taken, given what we have already booked. Events come late and out of order, so the
 * steps follow from the object as it is, not from the event that told of it.
 */
export const disputeSteps = (
  seen: SeenDispute,
  known: { readonly status: 'open' | 'won' | 'lost' } | null,
): readonly DisputeStep[] => {
  if (seen.withdrawn === null) return [];
  const steps: DisputeStep[] = known === null ? ['open'] : [];
  if (known !== null && known.status !== 'open') return [];
  // Won is won when the money is back; until then it is still away.
  if (seen.reinstated !== null) return [...steps, 'win'];
  return seen.outcome === 'lost' ? [...steps, 'lose'] : steps;
};
