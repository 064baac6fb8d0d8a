import 'server-only';
import type { Actor } from '../auth/roles.rules';
import { runCommand } from '../command';
import type { Channel } from '../donations/donation.rules';
import { env } from '../env';
import { isLang, type Lang } from '../i18n/languages';
import { contentHash } from '../shared/canonical';
import { isCurrency } from '../shared/money';
import { ok, refuse, type Result } from '../shared/result';
import { noteCheckoutOpened, observeCheckout, tryAgain } from './checkout.commands';
import type { SeenPayment } from './checkout.rules';
import { lookAtSession, lookForSession, type Looked } from './look';
import { paymentOf, type PaymentFacts } from './payment.queries';
import type { PaymentMethod } from './stripe-amount.rules';
import { STRIPE, type Around } from './stripe-event.flow';
import type { Provided } from './stripe-trouble.rules';
import type { CheckoutView, NewCheckout } from './stripe-view.rules';

const METHODS: Readonly<Partial<Record<Channel, PaymentMethod>>> = {
  card: 'card',
  alipay: 'alipay',
  wechat: 'wechat_pay',
};

/** How long a hosted page can be paid. Long enough for a bank's app, short enough that an end is known the same day. */
const PAGE_OPEN_MS = 3 * 3_600_000;

/** Where the giver comes back to; the try's id is long, random and known only to this browser. */
export const returnAddress = (lang: Lang, checkoutId: string): string =>
  `${env.PUBLIC_URL}/${lang}/give/return?try=${checkoutId}`;

/**
 * Sends a giver to the provider's page for a try that is already kept: asks the provider with the try's own id as
 * idempotency key, outside any transaction, then notes the answer. Repeating it finds the same page.
 *
 * Refuses `payment_provider_unavailable` when there is no answer: the try is then `unknown` and the sweep finds out;
 * no money has been taken, because nobody has seen a page yet.
 */
export const openPaymentPage = async (
  checkoutId: string,
  lang: string,
  { gateway, db }: Around,
): Promise<Result<{ readonly url: string }>> => {
  const payment = await paymentOf(checkoutId, db);
  if (!payment) return refuse('not_found');
  if (payment.state === 'open' && payment.sessionUrl !== null) return ok({ url: payment.sessionUrl });
  if (payment.state !== 'asked' && payment.state !== 'unknown')
    return refuse('illegal_state_change', { from: payment.state });
  const wish = wishOf(payment, isLang(lang) ? lang : 'en');
  if (!wish.ok) return wish;
  const session = await createOnce(wish.value, payment, { gateway, db });
  const note = (input: Record<string, unknown>) =>
    runCommand(noteCheckoutOpened, { checkoutId, ...input }, STRIPE, {
      key: `checkout-opened:${contentHash({ checkoutId, ...input }).slice(0, 60)}`,
      db,
    });
  if (session.ok && session.value.url !== null) {
    const { id, url } = session.value;
    const noted = await note({ session: { id, url }, failure: null });
    return noted.ok ? ok({ url }) : noted;
  }
  if (!session.ok && !session.retryable) {
    // The provider understood and said no: this try has ended, and it never could have taken money.
    await runCommand(
      observeCheckout,
      { checkoutId, seen: notPaid(payment, 'failed', session.code ?? session.trouble) },
      STRIPE,
      { key: `checkout-rejected:${checkoutId}`, db },
    );
    return { ok: false, refusal: session.refusal };
  }
  await note({ session: null, failure: session.ok ? 'no_url' : session.trouble });
  return session.ok ? refuse('payment_provider_unavailable') : { ok: false, refusal: session.refusal };
};

const wishOf = (payment: PaymentFacts, lang: Lang): Result<NewCheckout> => {
  const method = METHODS[payment.channel as Channel];
  if (method === undefined || !isCurrency(payment.currency))
    return refuse('invalid_input', { reason: 'channel' }, 'channel');
  return ok({
    intentId: payment.checkoutId,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    lang,
    description: `${payment.campaignName[lang]} · ${payment.donation}`,
    successUrl: returnAddress(lang, payment.checkoutId),
    cancelUrl: `${returnAddress(lang, payment.checkoutId)}&back=1`,
    metadata: { gift: payment.donation },
    methods: [method],
    // Fixed by the try's own time: a repeated call under the same idempotency key must be the same call.
    expiresAt: new Date(payment.askedAt.getTime() + PAGE_OPEN_MS),
  });
};

/**
 * A stored 5xx is answered again under the same key for ever, whether or not the page was made. So after one, the page
 * is looked for by our own id, and only if there is none a new key is used.
 */
const createOnce = async (
  wish: NewCheckout,
  payment: PaymentFacts,
  { gateway }: Around,
): Promise<Provided<CheckoutView>> => {
  const first = await gateway.createCheckout(wish);
  if (first.ok || first.trouble !== 'failed') return first;
  const made = await gateway.findCheckout(wish.intentId, new Date(payment.askedAt.getTime() - 60_000));
  if (!made.ok) return made;
  return made.value === null
    ? gateway.createCheckout({ ...wish, attempt: 2 })
    : { ok: true, value: made.value };
};

const notPaid = (payment: PaymentFacts, state: 'failed' | 'expired', failure: string): SeenPayment => ({
  state,
  currency: payment.currency,
  amountMinor: payment.amountMinor,
  paymentIntentId: null,
  chargeId: null,
  paidOn: null,
  settled: null,
  failure: failure.slice(0, 200),
});

/** Another try after one that ended without money, and its page. */
export const openAgain = async (
  checkoutId: string,
  lang: string,
  actor: Actor,
  key: string,
  around: Around,
): Promise<Result<{ readonly url: string; readonly checkoutId?: string }>> => {
  const payment = await lookAtPayment(checkoutId, around);
  if (!payment) return refuse('not_found');
  // Still payable: the same page, so that trying again cannot charge twice.
  if (['asked', 'open', 'unknown'].includes(payment.state)) return openPaymentPage(checkoutId, lang, around);
  const again = await runCommand(tryAgain, { checkoutId }, actor, { key, db: around.db });
  if (!again.ok) return again;
  const page = await openPaymentPage(again.value.checkoutId, lang, around);
  return page.ok ? ok({ ...page.value, checkoutId: again.value.checkoutId }) : page;
};

export type SeenState = PaymentFacts & {
  /** Whether the provider confirmed it just now. If not, nobody may be told that no money was taken. */
  readonly confirmed: boolean;
};

/**
 * The state of a payment as it really is: asks the provider when we do not know the end yet, and takes in what it
 * says by the same function as the webhook. Null for an unknown try. When the provider cannot be asked, what we know
 * is answered as unconfirmed; it never makes a state up.
 */
export const lookAtPayment = async (checkoutId: string, around: Around): Promise<SeenState | null> => {
  const { gateway, db } = around;
  const before = await paymentOf(checkoutId, db);
  if (!before) return null;
  if (!['asked', 'open', 'unknown'].includes(before.state)) return { ...before, confirmed: true };
  const looked: Looked =
    before.sessionId === null
      ? await lookForSession(gateway, before, db)
      : await lookAtSession(gateway, before.sessionId, db);
  const value = looked.ok ? looked.value : null;
  if (value?.kind === 'payment' && value.checkoutId === checkoutId) {
    const taken = await takeSeen(checkoutId, value.seen, around);
    const after = await paymentOf(checkoutId, db);
    return after && { ...after, confirmed: taken.ok };
  }
  if (value?.kind === 'unknown' && neverOpened(before, new Date())) {
    await takeSeen(checkoutId, notPaid(before, 'expired', 'never_opened'), around);
    const after = await paymentOf(checkoutId, db);
    return after && { ...after, confirmed: true };
  }
  return { ...before, confirmed: false };
};

/** After a day under one idempotency key the provider forgets it; a page that is not there by then never was. */
const neverOpened = (payment: PaymentFacts, now: Date): boolean =>
  now.getTime() - payment.askedAt.getTime() > 25 * 3_600_000;

/** Takes in what was seen of a try, once for each different sight of it. */
export const takeSeen = async (
  checkoutId: string,
  seen: SeenPayment,
  { db }: Around,
): Promise<Result<{ readonly outcome: string }>> =>
  seen.state === 'open' && seen.failure === null
    ? ok({ outcome: 'still_open' })
    : runCommand(observeCheckout, { checkoutId, seen }, STRIPE, {
        key: `observe:${checkoutId}:${contentHash(seen).slice(0, 40)}`,
        db,
      });
