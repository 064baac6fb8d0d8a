import type { Actor } from '@/lib/auth/roles.rules';
import { idOf } from './people';
import { apply } from './pledges';
import { assetOf, dated, isClosed, on, Verdict, type Gift, type State } from './state';

export const findGift = (state: State, code: string) => state.gifts.find((one) => one.code === code);

export const verifyDonation = (
  state: State,
  input: { donation: string; seenHash: string },
  who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const gift = findGift(state, input.donation);
  if (!gift) return verdict.refused('not_found');
  // What was paid at the provider was made by nobody here; its hash is not known to the model.
  verdict.when(gift.hash === '' || gift.hash !== input.seenHash, 'changed_since_seen');
  verdict.when(gift.by === idOf(who), 'maker_is_checker');
  verdict.when(gift.status !== 'recorded', 'illegal_state_change');
  return verdict.otherwise(() => {
    gift.status = 'verified';
  });
};

export const clearDonation = (
  state: State,
  input: {
    donation: string;
    receivedOn: string;
    settledMinor: bigint | null;
    feeMinor: bigint;
    rate: string | null;
  },
  _who: Actor,
  today: string,
): Verdict => {
  const verdict = new Verdict();
  const gift = findGift(state, input.donation);
  if (!gift) return verdict.refused('not_found');
  const own = gift.currency === gift.campaign.currency;
  const settledMinor = own ? gift.amountMinor : (input.settledMinor ?? 0n);
  verdict.when(input.receivedOn > today, 'date_in_future');
  verdict.when(gift.status !== 'verified', 'illegal_state_change');
  verdict.when(
    own && input.settledMinor !== null && input.settledMinor !== gift.amountMinor,
    'amounts_differ',
  );
  verdict.when(!own && input.settledMinor === null, 'amount_must_be_positive');
  verdict.when(input.feeMinor >= settledMinor, 'amounts_differ');
  verdict.when(isClosed(gift.campaign, input.receivedOn), 'period_closed');
  return verdict.otherwise(() => {
    receive(state, gift, { settledMinor, feeMinor: input.feeMinor, on: input.receivedOn });
    dated(gift.campaign, input.receivedOn);
  });
};

/** Money that is really here: a lot, both books, the promise it keeps. */
export const receive = (
  state: State,
  gift: Gift,
  { settledMinor, feeMinor, on: day }: { settledMinor: bigint; feeMinor: bigint; on: string },
): void => {
  const { campaign } = gift;
  // A gift whose match was undone comes again as the same gift.
  const lot =
    gift.lot ?? state.books.openLot({ kind: 'gift', subject: gift.code, day, designation: gift.designation });
  const asset = assetOf(gift);
  const netMinor = settledMinor - feeMinor;
  const giving = (to: string, amountMinor: bigint) => ({
    from: on.given(campaign),
    to,
    amountMinor,
    lots: [{ lot, amountMinor }],
  });
  state.books.write([
    { from: on.income(campaign), to: asset, amountMinor: settledMinor },
    giving(on.fund(campaign), netMinor),
    ...(feeMinor > 0n
      ? [
          { from: asset, to: on.processing(campaign), amountMinor: feeMinor },
          giving(on.fees(campaign), feeMinor),
        ]
      : []),
  ]);
  gift.status = 'cleared';
  gift.settledMinor = settledMinor;
  gift.feeMinor = feeMinor;
  gift.lot = lot;
  apply(gift);
};

export const cancelDonation = (state: State, input: { donation: string }, _who: Actor): Verdict => {
  const verdict = new Verdict();
  const gift = findGift(state, input.donation);
  if (!gift) return verdict.refused('not_found');
  verdict.when(!['recorded', 'verified'].includes(gift.status), 'illegal_state_change');
  return verdict.otherwise(() => {
    gift.status = 'cancelled';
  });
};
