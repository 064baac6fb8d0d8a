import { CURRENCIES, type CurrencyCode } from '../shared/currencies';
import { EMAIL_SHAPE } from '../shared/email';
import { parseAmount } from '../shared/money';
import { readName, readText } from '../shared/names';
import { addMonths, isIsoDate } from '../shared/time';
import type { SharersForm } from '../pledges/giver.form';
import { DEDICATION_MAX, MESSAGE_MAX, SHARERS_MAX } from '../pledges/giver.rules';
import { splitByWeight, sumMinor } from '../shared/money';
import {
  ANY_ROAD,
  GIVING_CURRENCIES,
  isGivingCurrency,
  type GiveDraft,
  type GiveMethod,
  type GiveName,
  type GiveTiming,
} from './give-draft.rules';

/*
 * Reads what a giver typed, page by page. The same readers run in the browser (to speak before the page is sent) and
 * on the server (to decide). A mistake names its field and a word for it; what was typed is kept by the page.
 * They are plain functions: a library of schemas would be a third of the script these pages send.
 */

/** Every mistake a giver can make on these pages; each has words in three languages (messages/give.ts). */
export const GIVE_MISTAKES = [
  'amount_missing',
  'amount_shape',
  'amount_decimals',
  'amount_small',
  'amount_large',
  'road_missing',
  'road_closed',
  'timing_missing',
  'date_missing',
  'date_early',
  'date_late',
  'date_order',
  'parts_sum',
  'name_choice_missing',
  'name_missing',
  'name_wrong',
  'text_wrong',
  'text_long',
  'sharer_half',
  'sharers_much',
  'email_wrong',
  'method_missing',
  'parts_foreign',
  'transfer_foreign',
  'reference_missing',
  'reference_wrong',
  'surplus_missing',
] as const;
export type GiveMistakeName = (typeof GIVE_MISTAKES)[number];
export type GiveMistake = { readonly field: string; readonly name: GiveMistakeName };

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly mistakes: readonly GiveMistake[] };

/** What a form sent, field by field; a field that was not sent reads as ''. */
export type Typed = Readonly<Record<string, string>>;

const good = <T>(value: T): Read<T> => ({ ok: true, value });
const wrong = (...mistakes: GiveMistake[]): Read<never> => ({ ok: false, mistakes });

/** The value of the tile that means "another amount", typed below. */
export const OTHER = 'other';

/** The largest single promise or payment the pages take, in whole units; more is arranged with people. */
const LARGEST_UNITS = 1_000_000n;

const checkAmount = (typed: string, currency: CurrencyCode, field: string): Read<bigint> => {
  if (typed.trim() === '') return wrong({ field, name: 'amount_missing' });
  const parsed = parseAmount(typed, currency);
  if (!parsed.ok) {
    const why = parsed.refusal.details?.['reason'];
    if (why === 'too_many_decimals') return wrong({ field, name: 'amount_decimals' });
    if (why === 'amount_too_large') return wrong({ field, name: 'amount_large' });
    return wrong({ field, name: why === 'amount_shape' ? 'amount_shape' : 'amount_small' });
  }
  const minimumMinor = isGivingCurrency(currency) ? GIVING_CURRENCIES[currency].minimumMinor : 1n;
  if (parsed.value < minimumMinor) return wrong({ field, name: 'amount_small' });
  if (parsed.value > LARGEST_UNITS * 10n ** BigInt(CURRENCIES[currency]))
    return wrong({ field, name: 'amount_large' });
  return good(parsed.value);
};

/** An amount that was typed into a field of its own, such as a part of a promise. */
export const readAmount = (typed: string, currency: CurrencyCode, field = 'amount'): Read<bigint> =>
  checkAmount(typed, currency, field);

/**
 * Step 1. A tile, or another amount. Whoever types an amount means it, also when a tile is still chosen from before:
 * without script nothing unticks it.
 */
export const readAmountStep = (typed: Typed, currency: CurrencyCode): Read<bigint> => {
  const other = typed['other'] ?? '';
  const tile = typed['amount'] ?? '';
  if (other.trim() !== '') return checkAmount(other, currency, 'other');
  return tile === OTHER || tile === ''
    ? wrong({ field: 'other', name: 'amount_missing' })
    : checkAmount(tile, currency, 'other');
};

/** Step 2. One of the roads that can still be given to, or where it is needed. */
export const readRoadStep = (typed: Typed, open: readonly string[]): Read<string> => {
  const road = typed['road'] ?? '';
  if (road === '') return wrong({ field: 'road', name: 'road_missing' });
  return road === ANY_ROAD || open.includes(road)
    ? good(road)
    : wrong({ field: 'road', name: 'road_closed' });
};

export const PART_COUNTS = [1, 2, 3, 4, 5, 6, 10, 12] as const;

/** Step 3. At once, or in parts from a day on. `today` is the charity's. */
export const readTimingStep = (
  typed: Typed,
  {
    today,
    foreign,
    amountMinor = 0n,
    currency = 'CNY',
  }: {
    readonly today: string;
    readonly foreign: boolean;
    readonly amountMinor?: bigint | undefined;
    readonly currency?: CurrencyCode | undefined;
  },
): Read<GiveTiming> => {
  const timing = typed['timing'] ?? '';
  if (timing === 'once') return good({ kind: 'once' });
  if (timing !== 'parts') return wrong({ field: 'timing', name: 'timing_missing' });
  if (foreign) return wrong({ field: 'timing', name: 'parts_foreign' });
  if (typed['every'] === 'own') {
    const plan = readPlan(typed, { rows: OWN_DATES, earliest: today, amountMinor, currency });
    return plan.ok ? good({ kind: 'dates', parts: plan.value }) : plan;
  }
  const count = PART_COUNTS.find((one) => String(one) === typed['count']) ?? 5;
  const everyMonths = typed['every'] === '3' ? 3 : 1;
  const firstDue = typed['first'] ?? '';
  if (!isIsoDate(firstDue)) return wrong({ field: 'first', name: 'date_missing' });
  if (firstDue < today) return wrong({ field: 'first', name: 'date_early' });
  if (firstDue > addMonths(today, 12)) return wrong({ field: 'first', name: 'date_late' });
  return good({ kind: 'parts', count, everyMonths, firstDue });
};

/** How many days of one's own the page has room for. */
export const OWN_DATES = 6;

/**
 * Days of the giver's own choosing, each with an amount or all without: without amounts the parts are equal to the
 * fen; with them they add up to the promise exactly, or the page says by how much they do not.
 */
export const readPlan = (
  typed: Typed,
  {
    rows: count,
    earliest,
    amountMinor,
    currency,
  }: {
    readonly rows: number;
    readonly earliest: string;
    readonly amountMinor: bigint;
    readonly currency: CurrencyCode;
  },
): Read<readonly { readonly dueOn: string; readonly amountMinor: bigint }[]> => {
  const mistakes: GiveMistake[] = [];
  const rows: { readonly dueOn: string; readonly minor: bigint | null }[] = [];
  for (let n = 1; n <= count; n += 1) {
    const dueOn = typed[`date${n}`] ?? '';
    const part = (typed[`part${n}`] ?? '').trim();
    if (dueOn === '' && part === '') continue;
    const field = `date${n}`;
    if (!isIsoDate(dueOn)) mistakes.push({ field, name: 'date_missing' });
    else if (dueOn < earliest) mistakes.push({ field, name: 'date_early' });
    else if (dueOn > addMonths(earliest, 60)) mistakes.push({ field, name: 'date_late' });
    else if (dueOn <= (rows.at(-1)?.dueOn ?? '')) mistakes.push({ field, name: 'date_order' });
    const minor = part === '' ? null : parseAmount(part, currency);
    if (minor !== null && !minor.ok) mistakes.push({ field: `part${n}`, name: 'amount_shape' });
    else rows.push({ dueOn, minor: minor === null ? null : minor.value });
  }
  if (mistakes.length > 0) return wrong(...mistakes);
  if (rows.length === 0) return wrong({ field: 'date1', name: 'date_missing' });
  const equal = splitByWeight(amountMinor, Array<bigint>(rows.length).fill(1n));
  const given = rows.flatMap((row) => (row.minor === null ? [] : [row.minor]));
  if (given.length > 0 && (given.length < rows.length || sumMinor(given) !== amountMinor))
    return wrong({ field: `part${rows.findIndex((row) => row.minor === null) + 1 || 1}`, name: 'parts_sum' });
  return good(rows.map((row, index) => ({ dueOn: row.dueOn, amountMinor: row.minor ?? equal[index] ?? 0n })));
};

/** Step 4. Anonymous unless someone says otherwise; everything else may stay empty. */
export const readNameStep = (
  typed: Typed,
  gift: { readonly amountMinor: bigint; readonly currency: CurrencyCode } = {
    amountMinor: 0n,
    currency: 'CNY',
  },
): Read<GiveName> => {
  const mistakes: GiveMistake[] = [];
  const field = (name: string): string => typed[name] ?? '';
  const show = field('show');
  const kind = field('donorKind');
  if (show !== 'yes' && show !== 'no' && show !== 'alias')
    mistakes.push({ field: 'show', name: 'name_choice_missing' });
  const shownAs =
    show === 'yes' || show === 'alias' ? named('shownAs', field('shownAs'), true, mistakes) : null;
  const receiptName = named('receiptName', field('receiptName'), false, mistakes);
  const contact = named('contact', field('contact'), false, mistakes);
  const sharers = readSharers(typed, gift, mistakes);
  const dedication = texted('dedication', field('dedication'), DEDICATION_MAX, mistakes);
  const message = texted('message', field('message'), MESSAGE_MAX, mistakes);
  const address = field('email').trim().toLowerCase();
  const email = address === '' ? null : address;
  if (email !== null && (email.length > 320 || !EMAIL_SHAPE.test(email)))
    mistakes.push({ field: 'email', name: 'email_wrong' });
  return mistakes.length > 0
    ? wrong(...mistakes)
    : good({
        shownAs,
        nameKind: show === 'alias' ? 'pseudonym' : 'name',
        receiptName,
        donorKind: kind === 'family' || kind === 'organisation' ? kind : 'person',
        contact,
        sharers,
        dedication,
        dedicationKind:
          field('dedicationKind') === 'honour' || field('dedicationKind') === 'memory'
            ? (field('dedicationKind') as 'honour' | 'memory')
            : null,
        message,
        email,
      });
};

/** Who shares in the gift: name and amount together or neither, and not more than the gift in all. */
const readSharers = (
  typed: Typed,
  { amountMinor, currency }: { readonly amountMinor: bigint; readonly currency: CurrencyCode },
  mistakes: GiveMistake[],
): SharersForm => {
  const sharers: { name: string; amountMinor: bigint }[] = [];
  for (let n = 1; n <= SHARERS_MAX; n += 1) {
    const typedName = typed[`sharer${n}`] ?? '';
    const typedPart = typed[`share${n}`] ?? '';
    if (typedName.trim() === '' && typedPart.trim() === '') continue;
    const name = named(`sharer${n}`, typedName, true, mistakes);
    const part = parseAmount(typedPart, currency);
    if (!part.ok)
      mistakes.push({ field: `share${n}`, name: typedPart.trim() === '' ? 'sharer_half' : 'amount_shape' });
    if (name !== null && part.ok) sharers.push({ name, amountMinor: part.value });
  }
  if (sumMinor(sharers.map((sharer) => sharer.amountMinor)) > amountMinor)
    mistakes.push({ field: 'share1', name: 'sharers_much' });
  return sharers;
};

const named = (field: string, typed: string, needed: boolean, mistakes: GiveMistake[]): string | null => {
  if (typed.trim() === '') {
    if (needed) mistakes.push({ field, name: 'name_missing' });
    return null;
  }
  const read = readName(typed);
  if (read.ok) return read.value;
  mistakes.push({
    field,
    name: read.refusal.details?.['reason'] === 'text_too_long' ? 'text_long' : 'name_wrong',
  });
  return null;
};

const texted = (field: string, typed: string, max: number, mistakes: GiveMistake[]): string | null => {
  const read = readText(typed, { max });
  if (read.ok) return read.value === '' ? null : read.value;
  mistakes.push({
    field,
    name: read.refusal.details?.['reason'] === 'text_too_long' ? 'text_long' : 'text_wrong',
  });
  return null;
};

const METHODS: readonly GiveMethod[] = ['alipay', 'wechat', 'card', 'bank'];

/** Step 5. How to pay, and whether to add the fee. */
export const readMethodStep = (
  typed: Typed,
  { foreign }: { readonly foreign: boolean },
): Read<{ readonly method: GiveMethod; readonly coverFee: boolean }> => {
  const method = METHODS.find((one) => one === typed['method']);
  if (method === undefined) return wrong({ field: 'method', name: 'method_missing' });
  if (method === 'bank' && foreign) return wrong({ field: 'method', name: 'transfer_foreign' });
  return good({ method, coverFee: method !== 'bank' && typed['cover'] === 'yes' });
};

/** Step 6. What becomes of the gift when its road cannot be built. */
export const readIfNotBuilt = (typed: Typed): GiveDraft['ifNotBuilt'] => {
  const choice = typed['ifNotBuilt'];
  return choice === 'where_needed' || choice === 'return' ? choice : 'ask';
};

/** The day the pages offer for a first part: a month from now. */
export const offeredFirstDue = (today: string): string => addMonths(today, 1);

export const SURPLUS_CHOICES = ['next_instalment', 'raise_pledge', 'general_fund', 'refund'] as const;
export type SurplusChoice = (typeof SURPLUS_CHOICES)[number];

/**
 * What to pay of a promise, and what becomes of more than is left of it. Up to what is left there is nothing to
 * choose: it counts towards the next parts. `refund` before paying means paying only what is left.
 */
export const readPayment = (
  typed: Typed,
  currency: CurrencyCode,
  leftMinor: bigint,
): Read<{ readonly amountMinor: bigint; readonly surplus: SurplusChoice | null }> => {
  const amount = readAmount(typed['amount'] ?? '', currency);
  if (!amount.ok) return amount;
  if (amount.value <= leftMinor || leftMinor === 0n)
    return good({ amountMinor: amount.value, surplus: null });
  const choice = SURPLUS_CHOICES.find((one) => one === typed['surplus']);
  if (choice === undefined || choice === 'next_instalment')
    return wrong({ field: 'surplus', name: 'surplus_missing' });
  return good(
    choice === 'refund'
      ? { amountMinor: leftMinor, surplus: null }
      : { amountMinor: amount.value, surplus: choice },
  );
};
