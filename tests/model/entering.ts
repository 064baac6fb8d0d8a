import type { Actor } from '@/lib/auth/roles.rules';
import { idOf } from './people';
import { openFor } from './pledges';
import { notYetHere, text, Verdict, type Pledge, type State } from './state';

type GiftInput = {
  campaign: string;
  currency: string;
  amountMinor: bigint;
  designation: string | null;
  givenOn: string;
  channel: string;
};

/** What speaks against entering a gift, and the gift it becomes. */
const enter = (
  verdict: Verdict,
  state: State,
  input: GiftInput,
  pledge: Pledge | null,
  today: string,
): ((answer: Readonly<Record<string, unknown>>, by: string | null, status: string) => void) => {
  const campaign = state.campaign(input.campaign);
  if (verdict.when(!campaign, 'not_found') || !campaign) return () => undefined;
  if (pledge) {
    verdict.when(pledge.campaign !== campaign, 'reference_unknown');
    verdict.when(
      input.designation !== null && input.designation !== pledge.designation,
      'designation_differs',
    );
  } else openFor(verdict, state, campaign, input.designation, input.givenOn, today);
  return (answer, by, status) =>
    state.gifts.push({
      code: text(answer, 'code'),
      id: text(answer, 'donationId'),
      campaign,
      pledge,
      designation: input.designation ?? pledge?.designation ?? null,
      channel: input.channel,
      currency: input.currency,
      amountMinor: input.amountMinor,
      hash: status === 'recorded' ? text(answer, 'contentHash') : '',
      by,
      checkoutId: status === 'intent' ? text(answer, 'checkoutId') : null,
      status,
      ...notYetHere(),
    });
};

export const recordDonation = (
  state: State,
  input: GiftInput & { pledge: string | null },
  who: Actor,
  today: string,
): Verdict => {
  const verdict = new Verdict();
  const pledge =
    input.pledge === null ? null : (state.pledges.find((one) => one.code === input.pledge) ?? null);
  if (verdict.when(input.pledge !== null && pledge === null, 'reference_unknown')) return verdict;
  const gift = enter(verdict, state, input, pledge, today);
  return verdict.otherwise((answer) => {
    gift(answer, idOf(who), 'recorded');
  });
};

export const startDonation = (
  state: State,
  input: GiftInput & { pledgeReference: string | null },
  _who: Actor,
  today: string,
): Verdict => {
  const verdict = new Verdict();
  const pledge =
    input.pledgeReference === null
      ? null
      : (state.pledges.find((one) => one.reference === input.pledgeReference) ?? null);
  verdict.when(
    pledge !== null && !['open', 'partly_fulfilled', 'written_off'].includes(pledge.status),
    'pledge_settled',
  );
  const gift = enter(verdict, state, input, pledge, today);
  return verdict.otherwise((answer) => {
    gift(answer, null, 'intent');
  });
};
