import { redirect } from 'next/navigation';
import { clearSessionCookie } from '@/lib/auth/session';
import { isLang, type Lang } from '@/lib/i18n/languages';

/** How fresh the second factor must be before what stands in for it is shown, added or removed, in minutes. */
export const FRESH_MINUTES = 5;

/** What was typed into a field, cut where no form of ours could still take it. */
export const text = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.slice(0, 600) : '';
};

export const langOf = (given: unknown): Lang =>
  typeof given === 'string' && isLang(given) ? given : 'zh-Hans';

/** Too many wrong answers have ended the session: back to the beginning, which says so. */
export const leaveEndedSession = async (lang: Lang): Promise<never> => {
  await clearSessionCookie();
  redirect(`/${lang}/sign-in?problem=factor_ended`);
};
