import 'server-only';
import { notFound, redirect } from 'next/navigation';
import { currentPerson } from '@/lib/auth/session';
import type { LiveSession } from '@/lib/auth/session.store';
import type { Lang } from '@/lib/i18n/languages';
import { noteRefusal } from '@/lib/server/refusal-log';
import { isCurrency, money, type Money } from '@/lib/shared/money';

/** First line of every page about someone's own giving: who is signed in, or off to sign in and back here. */
export const requireGiver = async (lang: Lang, path: string): Promise<LiveSession> =>
  (await currentPerson()) ?? redirect(`/${lang}/sign-in?next=${encodeURIComponent(`/${lang}/${path}`)}`);

/** There is no such page for this giver. Their own pages lead to what is theirs, so the log says that somebody asked. */
export const notTheirs = (field: string): never => {
  noteRefusal({ code: 'not_theirs', field });
  return notFound();
};

export const amountOf = (currency: string, minor: bigint): Money =>
  money(isCurrency(currency) ? currency : 'CNY', minor);

/** One of the names a table of words has, or its first: a state newer than the words is not shown as a code. */
export const known = <Name extends string>(names: readonly [Name, ...Name[]], name: string): Name =>
  names.find((one) => one === name) ?? names[0];

export const GIFT_STATES = [
  'intent',
  'pending',
  'recorded',
  'verified',
  'cleared',
  'settled',
  'expired',
  'failed',
  'cancelled',
  'partly_refunded',
  'refunded',
  'disputed',
  'won',
  'lost',
] as const;
export const PLEDGE_STATES = [
  'open',
  'partly_fulfilled',
  'fulfilled',
  'draft',
  'written_off',
  'released_hardship',
  'cancelled',
] as const;
