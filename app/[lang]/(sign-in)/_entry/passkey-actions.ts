'use server';

import { redirect } from 'next/navigation';
import { SIGN_IN } from '@/lib/auth/adapter';
import { readNextPath } from '@/lib/auth/next-path.rules';
import { addPasskey, askPasskey, passPasskey, removePasskey } from '@/lib/auth/passkey.commands';
import { creationOptions, requestOptions } from '@/lib/auth/passkeys';
import { credentialsOf } from '@/lib/auth/person.queries';
import { newSecret, sessionTokenHash } from '@/lib/auth/secrets';
import {
  currentPerson,
  recentSecondFactor,
  requireRecentSecondFactor,
  setSessionCookie,
} from '@/lib/auth/session';
import type { LiveSession } from '@/lib/auth/session.store';
import { runCommand } from '@/lib/command';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { noteRefusal } from '@/lib/server/refusal-log';
import { FRESH_MINUTES, langOf, leaveEndedSession, text } from './asked';

/** Keeps a new challenge for this session; null when the session has just ended. */
const challengeFor = async (live: LiveSession, purpose: 'add' | 'use'): Promise<string | null> => {
  const challenge = newSecret();
  const { personId, sessionId } = live;
  const asked = await runCommand(askPasskey, { personId, sessionId, purpose, challenge }, SIGN_IN, {
    key: newSecret(),
  });
  return asked.ok ? challenge : null;
};

/** What the browser is to make; null when the second factor is not fresh, so that the page asks for it. */
export async function passkeyToAdd() {
  const live = await currentPerson();
  if (live === null || !live.hasSecondFactor || !(await recentSecondFactor(FRESH_MINUTES))) return null;
  const challenge = await challengeFor(live, 'add');
  if (challenge === null) return null;
  const known = await credentialsOf(live.personId);
  return creationOptions({ id: live.personId, email: live.email }, challenge, known);
}

/** Keeps what the browser has made. Answers what went wrong, in words. */
export async function keepPasskey(given: unknown, name: unknown, answer: unknown): Promise<string> {
  const lang = langOf(given);
  const live = await currentPerson();
  if (live === null) redirect(`/${lang}/sign-in`);
  await requireRecentSecondFactor(FRESH_MINUTES, lang);
  const { personId, sessionId } = live;
  const kept = await runCommand(addPasskey, { personId, sessionId, name, answer }, SIGN_IN, {
    key: newSecret(),
  });
  if (!kept.ok) return refusals[lang][kept.refusal.name];
  if (!kept.value.added) noteRefusal({ code: 'code_wrong', field: 'answer', door: addPasskey.name });
  if (!kept.value.added) return words(lang, 'signIn')('passkey.failed');
  redirect(`/${lang}/account?done=passkey_added`);
}

/** What the browser is to sign; null when there is nobody to sign for. */
export async function passkeyToUse() {
  const live = await currentPerson();
  if (live?.hasPasskey !== true) return null;
  const challenge = await challengeFor(live, 'use');
  return challenge === null ? null : requestOptions(challenge, await credentialsOf(live.personId));
}

/** The second factor by a passkey, at signing in and again before weighty acts. */
export async function giveSecondFactorByPasskey(
  given: unknown,
  next: unknown,
  answer: unknown,
): Promise<string> {
  const lang = langOf(given);
  const live = await currentPerson();
  if (live === null) redirect(`/${lang}/sign-in`);
  const token = newSecret();
  const passed = await runCommand(
    passPasskey,
    {
      personId: live.personId,
      sessionId: live.sessionId,
      answer,
      nextTokenHash: sessionTokenHash(token).toString('hex'),
    },
    SIGN_IN,
    { key: newSecret() },
  );
  if (!passed.ok) return refusals[lang][passed.refusal.name];
  if (passed.value.verdict === 'session_ended') return leaveEndedSession(lang);
  if (passed.value.verdict !== 'passed') {
    noteRefusal({ code: 'code_wrong', field: 'answer', door: passPasskey.name });
    return words(lang, 'signIn')('passkey.failed');
  }
  await setSessionCookie(token, live.secondsLeft);
  redirect(readNextPath(typeof next === 'string' ? next : null) ?? `/${lang}/finance`);
}

/** Removes one passkey of this person, with the reason. */
export async function endPasskey(form: FormData): Promise<void> {
  const lang = langOf(form.get('lang'));
  const live = await currentPerson();
  if (live === null) redirect(`/${lang}/sign-in`);
  await requireRecentSecondFactor(FRESH_MINUTES, lang);
  const removed = await runCommand(
    removePasskey,
    {
      personId: live.personId,
      sessionId: live.sessionId,
      passkeyId: text(form, 'passkey'),
      reason: text(form, 'reason'),
    },
    SIGN_IN,
    { key: newSecret() },
  );
  redirect(`/${lang}/account?done=${removed.ok ? 'passkey_removed' : 'passkey_kept'}`);
}
