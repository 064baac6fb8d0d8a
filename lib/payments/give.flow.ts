import 'server-only';
import type { Actor } from '../auth/roles.rules';
import { runCommand } from '../command';
import { makePledge } from '../pledges/pledge.commands';
import { contentHash } from '../shared/canonical';
import { ok, refuse, type Result } from '../shared/result';
import type { Lang } from '../i18n/languages';
import { startDonation } from './checkout.commands';
import { lookAtPayment, openPaymentPage } from './checkout.flow';
import { ANY_ROAD, chargeOf, instalmentsOf, isPromise, type GiveDraft } from './give-draft.rules';
import { provider } from './provider';
import type { Around } from './stripe-event.flow';

export type GiveEnd =
  | { readonly kind: 'promised'; readonly reference: string }
  | { readonly kind: 'pay'; readonly checkoutId: string; readonly url: string }
  /** These very answers were paid already (a page that was sent again): its result, not a second gift. */
  | { readonly kind: 'already'; readonly checkoutId: string };

/** A refusal after a try was kept: the caller remembers it, so that sending again finds the same try. */
export type GiveResult = Result<GiveEnd> & { readonly kept?: string | undefined };

/** The answers that make up the gift, as one hash: sent again unchanged, they are the same gift. */
export const answersHash = ({ sent: _sent, device: _device, begun: _begun, ...answers }: GiveDraft): string =>
  contentHash(answers);

/**
 * The end of the giving pages: a promise with its reference, or a payment page. `key` was made with the review page,
 * so that a double click is one gift; and answers that were already sent to the provider go back to the same page.
 */
export const finishGiving = async (
  draft: GiveDraft,
  giving: {
    readonly actor: Actor;
    readonly lang: Lang;
    readonly key: string;
    readonly today: string;
    readonly bookCurrency: string;
    /** Told of the try before its page is asked for, so that the defence can count it. */
    readonly opened?: ((checkoutId: string) => Promise<void>) | undefined;
    /** Told when no page is opened, because these answers have theirs. */
    readonly reopened?: (() => Promise<void>) | undefined;
    readonly around?: Around | undefined;
  },
): Promise<GiveResult> => {
  const { actor, lang, key, today, bookCurrency } = giving;
  const db = giving.around?.db;
  const common = {
    campaign: draft.campaign,
    donor: {
      name: draft.name?.receiptName ?? null,
      email: draft.name?.email ?? null,
      phone: null,
      country: null,
      kind: draft.name?.donorKind ?? 'person',
      contact: draft.name?.contact ?? null,
      lang,
    },
    currency: draft.currency,
    designation: draft.road === ANY_ROAD ? null : draft.road,
    recognition: recognitionOf(draft),
    ifNotBuilt: draft.ifNotBuilt,
    sharers: draft.name?.sharers ?? [],
    event: draft.event,
  };
  if (isPromise(draft)) {
    const promised = await runCommand(
      makePledge,
      {
        ...common,
        amountMinor: draft.amountMinor,
        instalments: instalmentsOf(draft, today),
        pledgedOn: today,
        source: draft.source,
      },
      actor,
      { key, db },
    );
    return promised.ok ? ok({ kind: 'promised', reference: promised.value.reference }) : promised;
  }
  const gateway = giving.around?.gateway ?? provider();
  if (gateway === null) return refuse('payment_provider_unavailable');
  const around: Around = { gateway, db };
  if (draft.sent?.answers === answersHash(draft)) {
    const before = await lookAtPayment(draft.sent.checkoutId, around);
    const paid = before && ['cleared', 'settled', 'pending'].includes(before.status);
    if (paid === true || (before && ['asked', 'open', 'unknown'].includes(before.state))) {
      await giving.reopened?.();
      return paid === true
        ? ok({ kind: 'already', checkoutId: before.checkoutId })
        : pay(before.checkoutId, lang, around);
    }
  }
  const started = await runCommand(
    startDonation,
    {
      ...common,
      ...chargeOf(draft, bookCurrency),
      givenOn: today,
      channel: draft.method,
      pledgeReference: null,
    },
    actor,
    { key, db },
  );
  if (!started.ok) return started;
  await giving.opened?.(started.value.checkoutId);
  return pay(started.value.checkoutId, lang, around);
};

const pay = async (checkoutId: string, lang: Lang, around: Around): Promise<GiveResult> => {
  const page = await openPaymentPage(checkoutId, lang, around);
  return page.ok ? ok({ kind: 'pay', checkoutId, url: page.value.url }) : { ...page, kept: checkoutId };
};

/** One name is shown as it was typed in all three languages: nobody's name is converted. */
const recognitionOf = ({ name }: GiveDraft) => {
  if (name === null || (name.shownAs ?? name.dedication ?? name.message) === null) return null;
  const { shownAs, nameKind, dedication, dedicationKind, message } = name;
  return {
    shownAs: shownAs === null ? null : { 'zh-Hans': shownAs, 'zh-Hant': shownAs, en: shownAs },
    nameKind,
    dedication,
    dedicationKind,
    message,
    consent: true,
  };
};
