import 'server-only';
import type { Lang } from '@/lib/i18n/languages';
import type { LiveSession } from '@/lib/auth/session.store';

/** Where a signed-in person belongs when they were not on their way to anything. */
export const landing = (live: LiveSession, lang: Lang): string => {
  if (live.roles.length === 0) return `/${lang}/me`;
  if (!live.hasSecondFactor) return `/${lang}/sign-in/set-up`;
  return live.secondFactorSecondsAgo === null ? `/${lang}/sign-in/second-factor` : `/${lang}/finance`;
};

/** One value of a query, or null: a repeated or missing one counts as none. */
export const one = (value: string | string[] | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

export type Query = Promise<Readonly<Record<string, string | string[] | undefined>>>;
