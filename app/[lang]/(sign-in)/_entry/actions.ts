'use server';

import { redirect } from 'next/navigation';
import { SIGN_IN } from '@/lib/auth/adapter';
import { groupedCode } from '@/lib/auth/code.rules';
import { readNextPath } from '@/lib/auth/next-path.rules';
import { BUDGETS, takeFromBudget } from '@/lib/auth/rate-limit';
import { giveFactor, renewCodesOf, setUpFactor } from '@/lib/auth/recovery';
import { beginSecondFactor, type FactorVerdict } from '@/lib/auth/second-factor.commands';
import { newSecret, newSignInCode, sessionTokenHash } from '@/lib/auth/secrets';
import {
  currentPerson,
  refuseForeignAction,
  rememberAsking,
  requestDevice,
  requestNetwork,
  requireRecentSecondFactor,
  setSessionCookie,
} from '@/lib/auth/session';
import { endOtherSessions, endSession } from '@/lib/auth/session.commands';
import { askToSignIn } from '@/lib/auth/sign-in.commands';
import { newTotpSecret } from '@/lib/auth/totp';
import { runCommand } from '@/lib/command';
import type { Lang } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { parseAddress } from '@/lib/mail/address.rules';
import { noteRefusal } from '@/lib/server/refusal-log';
import { FRESH_MINUTES, langOf, leaveEndedSession, text } from './asked';
import { FRESH, type EntryState } from './form-state.rules';

const wrong = (error: string, typed = ''): EntryState => ({ error, typed, codes: null });

/** Asks for a link and code. Every address that is one gets the same answer, whether we know it or not. */
export async function ask(_before: EntryState, form: FormData): Promise<EntryState> {
  await refuseForeignAction();
  const lang = langOf(form.get('lang'));
  const t = words(lang, 'signIn');
  const typed = text(form, 'email');
  const email = parseAddress(typed);
  if (email === null) {
    noteRefusal({ code: 'address_invalid', field: 'email' });
    return wrong(t('ask.emailWrong'), typed);
  }
  const waits = [
    await takeFromBudget(
      'sign_in_mail_per_network',
      await requestNetwork(),
      BUDGETS.sign_in_mail_per_network,
    ),
    await takeFromBudget('sign_in_mail_per_address', email, BUDGETS.sign_in_mail_per_address),
  ].flatMap((taken) => (taken.ok ? [] : [taken.retryAfterSeconds]));
  if (waits.length > 0) return wrong(t('ask.tooMany', { seconds: Math.max(...waits) }), typed);

  const requestSecret = newSecret();
  const asked = await runCommand(
    askToSignIn,
    {
      email,
      lang,
      next: readNextPath(text(form, 'next')),
      requestSecret,
      linkSecret: newSecret(),
      code: newSignInCode(),
      device: await requestDevice(),
    },
    SIGN_IN,
    { key: newSecret() },
  );
  if (!asked.ok) return wrong(refusals[lang][asked.refusal.name], typed);
  await rememberAsking({ secret: requestSecret, email });
  redirect(`/${lang}/sign-in/code`);
}

/** Where to after the second factor: on the way, or the desk. */
const onwards = (form: FormData, lang: Lang): string =>
  readNextPath(text(form, 'next')) ?? `/${lang}/finance`;

/** A code typed in this session, and the token that follows when it is right. */
const typedBy = (live: { personId: string; sessionId: string }, form: FormData, token: string) => ({
  personId: live.personId,
  sessionId: live.sessionId,
  typed: text(form, 'code').slice(0, 60),
  nextTokenHash: sessionTokenHash(token).toString('hex'),
});

/** The second factor, at signing in and again before weighty acts. */
export async function giveSecondFactor(_before: EntryState, form: FormData): Promise<EntryState> {
  const lang = langOf(form.get('lang'));
  const live = await currentPerson();
  if (live === null) redirect(`/${lang}/sign-in`);
  const token = newSecret();
  const answer = await giveFactor(typedBy(live, form, token));
  if (!answer.ok) return wrong(refusals[lang][answer.refusal.name]);
  if (answer.value.verdict !== 'passed') return refusedFactor(answer.value.verdict, lang, 'factor');
  await setSessionCookie(token, live.secondsLeft);
  redirect(onwards(form, lang));
}

const refusedFactor = async (
  verdict: FactorVerdict,
  lang: Lang,
  area: 'factor' | 'setUp',
): Promise<EntryState> => {
  if (verdict === 'session_ended') return leaveEndedSession(lang);
  noteRefusal({ code: 'code_wrong', field: 'code' });
  return wrong(words(lang, 'signIn')(verdict === 'run_out' ? `${area}.runOut` : `${area}.wrong`));
};

/** Begins setting up an authenticator: makes the secret that the page then shows as a QR code. */
export async function beginSetUp(form: FormData): Promise<void> {
  const lang = langOf(form.get('lang'));
  const live = await currentPerson();
  if (live === null) redirect(`/${lang}/sign-in`);
  if (live.roles.length > 0 && !live.hasSecondFactor)
    await runCommand(beginSecondFactor, { personId: live.personId, secret: newTotpSecret() }, SIGN_IN, {
      key: newSecret(),
    });
  redirect(`/${lang}/sign-in/set-up`);
}

/** The first code of the new authenticator. Its answer is the only time the recovery codes are shown. */
export async function confirmSetUp(_before: EntryState, form: FormData): Promise<EntryState> {
  const lang = langOf(form.get('lang'));
  const live = await currentPerson();
  if (live === null) redirect(`/${lang}/sign-in`);
  const token = newSecret();
  const answer = await setUpFactor(typedBy(live, form, token));
  if (!answer.ok) return wrong(refusals[lang][answer.refusal.name]);
  if (answer.value.verdict !== 'passed') return refusedFactor(answer.value.verdict, lang, 'setUp');
  await setSessionCookie(token, live.secondsLeft);
  return { ...FRESH, codes: answer.value.codes.map(groupedCode) };
}

/** Replaces the recovery codes and shows the new ones once. */
export async function renewCodes(_before: EntryState, form: FormData): Promise<EntryState> {
  const lang = langOf(form.get('lang'));
  const live = await currentPerson();
  if (live === null) redirect(`/${lang}/sign-in`);
  await requireRecentSecondFactor(FRESH_MINUTES, lang);
  const answer = await renewCodesOf(live);
  return answer.ok
    ? { ...FRESH, codes: answer.value.codes.map(groupedCode) }
    : wrong(refusals[lang][answer.refusal.name]);
}

/** Ends one other session of this person, or all others. */
export async function endSessions(form: FormData): Promise<void> {
  const lang = langOf(form.get('lang'));
  const live = await currentPerson();
  if (live === null) redirect(`/${lang}/sign-in`);
  const { personId, sessionId: keepSessionId } = live;
  const chosen = text(form, 'session');
  if (chosen === 'others')
    await runCommand(endOtherSessions, { personId, keepSessionId }, SIGN_IN, { key: newSecret() });
  else
    await runCommand(endSession, { personId, sessionId: chosen, because: 'ended_elsewhere' }, SIGN_IN, {
      key: newSecret(),
    });
  redirect(`/${lang}/account?done=ended`);
}
