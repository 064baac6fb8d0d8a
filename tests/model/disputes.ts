import { giveBack, takeBack } from './holes';
import { apply, leftOf, unapply } from './pledges';
import { REFUNDABLE } from './refunds';
import { assetOf, dated, on, Verdict, type Gift, type State } from './state';

type Sum = { amountMinor: bigint; feeMinor: bigint };
type SeenDispute = {
  providerId: string;
  withdrawn: Sum | null;
  reinstated: Sum | null;
  outcome: 'open' | 'won' | 'lost' | 'closed_without_loss';
};

/** What the provider shows of a dispute: the giver's bank takes the money, keeps it, or gives it back. */
export const observeDispute = (
  state: State,
  input: { observation: { donationId: string; seen: SeenDispute } },
  today: string,
): Verdict => {
  const verdict = new Verdict();
  const { seen, donationId } = input.observation;
  const gift = state.gifts.find((one) => one.id === donationId);
  if (!gift) return verdict.refused('not_found');
  const known = gift.disputes.find((one) => one.providerId === seen.providerId);
  const opens = known === undefined && seen.withdrawn !== null;
  const stillOpen = known?.status === 'open' || opens;
  const wins = seen.withdrawn !== null && stillOpen && seen.reinstated !== null;
  const loses = seen.withdrawn !== null && stillOpen && !wins && seen.outcome === 'lost';
  const steps = [...(opens ? ['open'] : []), ...(wins ? ['win'] : []), ...(loses ? ['lose'] : [])];
  let amountMinor = known?.amountMinor ?? 0n;
  let feeMinor = known?.feeMinor ?? 0n;
  if (opens && seen.withdrawn) {
    const left = leftOf(gift);
    amountMinor = seen.withdrawn.amountMinor < left ? seen.withdrawn.amountMinor : left;
    feeMinor = seen.withdrawn.feeMinor + seen.withdrawn.amountMinor - amountMinor;
    verdict.when(amountMinor === 0n, 'exceeds_donation');
    verdict.when(!REFUNDABLE.includes(gift.status), 'illegal_state_change');
  }
  const back = (seen.reinstated?.amountMinor ?? 0n) + (seen.reinstated?.feeMinor ?? 0n);
  if (wins) verdict.when(back !== amountMinor && back !== amountMinor + feeMinor, 'amounts_differ');
  return verdict.otherwise(
    (answer) => {
      const codes = answer['shortfalls'] as readonly string[];
      if (opens)
        openDispute(state, gift, { providerId: seen.providerId, amountMinor, feeMinor }, today, codes);
      const dispute = gift.disputes.find((one) => one.providerId === seen.providerId);
      if (wins && dispute) winDispute(state, gift, dispute, back, today);
      if (loses && dispute) {
        dispute.status = 'lost';
        gift.status = 'lost';
      }
    },
    { outcome: ['dispute', ...steps].join(' ') },
  );
};

const openDispute = (
  state: State,
  gift: Gift,
  { providerId, amountMinor, feeMinor }: { providerId: string; amountMinor: bigint; feeMinor: bigint },
  day: string,
  codes: readonly string[],
): void => {
  const { campaign } = gift;
  const holes = takeBack(state, gift, {
    amountMinor,
    feeMinor,
    out: on.lost(campaign),
    financial: {
      from: assetOf(gift),
      to: on.disputes(campaign),
      amountMinor: amountMinor + feeMinor,
    },
    codes: (n) => codes[n] ?? `hole ${n} was not opened`,
    day,
  });
  dated(campaign, day);
  gift.disputes.push({ providerId, amountMinor, feeMinor, status: 'open', holes });
  gift.status = 'disputed';
  unapply(gift);
};

const winDispute = (
  state: State,
  gift: Gift,
  dispute: Gift['disputes'][number],
  backMinor: bigint,
  day: string,
): void => {
  const { campaign } = gift;
  giveBack(state, gift, {
    amountMinor: dispute.amountMinor,
    out: on.lost(campaign),
    financial: [{ from: on.disputes(campaign), to: assetOf(gift), amountMinor: backMinor }],
    holes: dispute.holes,
    feeToo: backMinor === dispute.amountMinor + dispute.feeMinor,
  });
  dated(campaign, day);
  dispute.status = 'won';
  gift.status = 'won';
  apply(gift);
};
