'use server';

import { redirect } from 'next/navigation';
import { currentActor, requestNetwork } from '@/lib/auth/session';
import type { Actor } from '@/lib/auth/roles.rules';
import { takeFromBudget } from '@/lib/auth/rate-limit';
import { amountText, dateText } from '@/lib/i18n/format';
import { isLang, type Lang } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import {
  readAmountStep,
  readIfNotBuilt,
  readMethodStep,
  readNameStep,
  readRoadStep,
  readTimingStep,
  type Read,
} from '@/lib/payments/give-draft.form';
import {
  ANY_ROAD,
  emptyDraft,
  instalmentsOf,
  isPromise,
  isGivingCurrency,
  mayShow,
  nextStep,
  type GiveDraft,
  type GiveStep,
} from '@/lib/payments/give-draft.rules';
import { hallEvent } from '@/lib/disclosure/hall.queries';
import { words } from '@/lib/i18n/words';
import { makeFormToken, readFormToken } from '@/lib/payments/form-token';
import { noteRefusal } from '@/lib/server/refusal-log';
import { newId } from '@/lib/shared/id';
import { admit } from '../_give/admit';
import { answersHash, finishGiving } from '@/lib/payments/give.flow';
import { isCurrency, money } from '@/lib/shared/money';
import { stepPath } from '../_give/at-step';
import { dropDraft, freshDraft, keepDraft, readDraft } from '../_give/draft-cookie';
import { loadGiving, type Giving } from '../_give/giving';
import { noteMistakes } from '../_give/note-mistakes';
import { inWords, typedOf, type StepState } from '../_give/step-state';
import { mistakeWords } from '../_give/step-words';

/*
 * The answers of the giving pages. Each action keeps one answer in the giver's own browser and leads to the next
 * question; only the last one writes anything. Asking who acts also refuses requests that none of our pages sent.
 */

/** Public pages give as a visitor or as a donor; staff who give privately do not do it as staff. */
const giver = async (): Promise<Actor> => {
  const actor = await currentActor();
  return actor.kind === 'donor' ? actor : { kind: 'visitor' };
};

type Answering = { readonly draft: GiveDraft; readonly giving: Giving };

/** The draft a later question belongs to; without one, or with a gap before it, giving begins where it must. */
const answering = async (lang: Lang, step: GiveStep): Promise<Answering> => {
  await currentActor();
  const draft = await readDraft();
  if (!draft) redirect(stepPath(lang, 'amount'));
  if (!mayShow(draft, step)) {
    noteRefusal({ code: 'step_skipped' });
    redirect(stepPath(lang, nextStep(draft)));
  }
  const giving = await loadGiving(lang, draft.campaign);
  if (!giving?.open) redirect(stepPath(lang, 'amount'));
  return { draft, giving };
};

const again = (
  lang: Lang,
  form: FormData,
  read: Extract<Read<unknown>, { ok: false }>,
  { draft, giving }: Answering,
): StepState => {
  const typed = typedOf(form);
  noteMistakes(read.mistakes, typed);
  const said = mistakeWords(lang, {
    currency: draft.currency,
    today: giving.today,
    amountMinor: draft.amountMinor,
  });
  return { typed, errors: inWords(read.mistakes, said) };
};

const goOn = async (lang: Lang, form: FormData, draft: GiveDraft): Promise<StepState> => {
  if (await keepDraft(draft)) redirect(stepPath(lang, nextStep(draft)));
  noteRefusal({ code: 'text_too_long', field: 'message' });
  return { typed: typedOf(form), errors: [{ field: 'message', text: tooLong(lang, draft) }] };
};

const tooLong = (lang: Lang, { currency }: GiveDraft): string =>
  mistakeWords(lang, { currency, today: '' }).text_long;

const langOf = (text: string): Lang => (isLang(text) ? text : 'zh-Hans');

export async function answerAmount(language: string, _: StepState, form: FormData): Promise<StepState> {
  await currentActor();
  const lang = langOf(language);
  const typed = typedOf(form);
  const giving = await loadGiving(lang, typed['campaign'] ?? null);
  if (!giving?.open) {
    noteRefusal({ code: 'campaign_not_open', field: 'campaign' });
    return { typed, errors: [], refusal: refusals[lang].campaign_not_open };
  }
  const asked = typed['currency'] ?? '';
  const currency = isGivingCurrency(asked) && isCurrency(asked) ? asked : giving.currency;
  const base =
    (await freshDraft(giving.slug)) ??
    emptyDraft(giving.slug, currency, {
      device: (await readDraft())?.device ?? newId(),
      begun: Date.now(),
    });
  const event = typed['event'] ?? '';
  const road = typed['road'] ?? '';
  const draft: GiveDraft = {
    ...base,
    currency,
    source: typed['at'] === 'hall' || event !== '' ? 'hall' : base.source,
    event: event !== '' && (await hallEvent(event))?.campaign === giving.slug ? event : base.event,
    road: giving.roads.some((one) => one.code === road) ? road : base.road,
  };
  const read = readAmountStep(typed, currency);
  if (!read.ok) return again(lang, form, read, { draft, giving });
  return goOn(lang, form, { ...draft, amountMinor: read.value });
}

export async function answerRoad(language: string, _: StepState, form: FormData): Promise<StepState> {
  const lang = langOf(language);
  const at = await answering(lang, 'road');
  const read = readRoadStep(
    typedOf(form),
    at.giving.roads.map((road) => road.code),
  );
  return read.ok ? goOn(lang, form, { ...at.draft, road: read.value }) : again(lang, form, read, at);
}

export async function answerTiming(language: string, _: StepState, form: FormData): Promise<StepState> {
  const lang = langOf(language);
  const at = await answering(lang, 'timing');
  const { draft, giving } = at;
  const preview = form.has('preview');
  const typed = typedOf(form);
  const read = readTimingStep(preview ? { ...typed, timing: 'parts' } : typed, {
    today: giving.today,
    foreign: draft.currency !== giving.currency,
    amountMinor: draft.amountMinor ?? 0n,
    currency: draft.currency,
  });
  if (!read.ok) return again(lang, form, read, at);
  const next: GiveDraft = { ...draft, timing: read.value };
  if (!preview) return goOn(lang, form, next);
  return {
    typed: { ...typed, timing: 'parts' },
    errors: [],
    plan: instalmentsOf(next, giving.today).map((part) => ({
      date: dateText(part.dueOn, lang),
      amount: amountText(money(draft.currency, part.amountMinor)),
    })),
  };
}

export async function answerName(language: string, _: StepState, form: FormData): Promise<StepState> {
  const lang = langOf(language);
  const at = await answering(lang, 'name');
  const read = readNameStep(typedOf(form), {
    amountMinor: at.draft.amountMinor ?? 0n,
    currency: at.draft.currency,
  });
  return read.ok ? goOn(lang, form, { ...at.draft, name: read.value }) : again(lang, form, read, at);
}

export async function answerMethod(language: string, _: StepState, form: FormData): Promise<StepState> {
  const lang = langOf(language);
  const at = await answering(lang, 'method');
  const read = readMethodStep(typedOf(form), { foreign: at.draft.currency !== at.giving.currency });
  return read.ok ? goOn(lang, form, { ...at.draft, ...read.value }) : again(lang, form, read, at);
}

/** A hall full of telephones shares one address, so the pages are generous and only slow a machine down. */
const PER_NETWORK = { burst: 300, everySeconds: 1 };

/** The last page: the answers become a promise or a payment page. */
export async function finish(language: string, _: StepState, form: FormData): Promise<StepState> {
  const lang = langOf(language);
  const actor = await giver();
  const at = await answering(lang, 'review');
  const typed = typedOf(form);
  const draft: GiveDraft = { ...at.draft, ifNotBuilt: readIfNotBuilt(typed) };
  const refused = (name: keyof (typeof refusals)[Lang]): StepState => ({
    typed,
    errors: [],
    refusal: refusals[lang][name],
  });
  if (draft.road !== null && draft.road !== ANY_ROAD && !at.giving.roads.some((r) => r.code === draft.road))
    redirect(stepPath(lang, 'road'));
  const budget = await takeFromBudget('give_per_network', await requestNetwork(), PER_NETWORK);
  if (!budget.ok) return refused('too_many_requests');
  const promise = isPromise(draft);
  const formToken = readFormToken(typed['token'] ?? '');
  const admitted = promise
    ? null
    : await admit(lang, typed, {
        email: draft.name?.email ?? null,
        card: draft.method === 'card',
        page: draft.sent?.answers === answersHash(draft) ? draft.sent.checkoutId : null,
      });
  if (admitted && 'state' in admitted) return admitted.state;
  if (!formToken) {
    noteRefusal({ code: 'form_stale', field: 'token' });
    return {
      typed,
      errors: [],
      refusal: words(lang, 'give')('review.tryAgain'),
      token: makeFormToken(Date.now()),
    };
  }
  const end = await finishGiving(draft, {
    actor,
    lang,
    key: `give:${formToken.key}`,
    opened: admitted?.passed.opened,
    reopened: admitted?.passed.reopened,
    today: at.giving.today,
    bookCurrency: at.giving.currency,
  });
  if (!end.ok) {
    await keepDraft(
      end.kept === undefined
        ? draft
        : { ...draft, sent: { checkoutId: end.kept, answers: answersHash(draft) } },
    );
    return refused(end.refusal.name);
  }
  const { value } = end;
  if (value.kind === 'promised') {
    await dropDraft();
    redirect(`/${lang}/give/card?ref=${value.reference}`);
  }
  await keepDraft({ ...draft, sent: { checkoutId: value.checkoutId, answers: answersHash(draft) } });
  redirect(value.kind === 'pay' ? value.url : `/${lang}/give/return?try=${value.checkoutId}`);
}
