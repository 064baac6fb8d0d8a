'use server';

import { currentActor, refuseForeignAction } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { runCommand } from '@/lib/command';
import { amountText, dateText } from '@/lib/i18n/format';
import { isLang, type Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { answerOwn } from '@/lib/plan-changes/change.commands';
import { questionOfToken, type OwnQuestion } from '@/lib/plan-changes/change.queries';
import { noteRefusal } from '@/lib/server/refusal-log';
import { newId } from '@/lib/shared/id';
import { pastedToken } from '@/lib/shared/letter-link.rules';
import { amountOf } from '../me/me';
import type { ConsentState, Question } from './consent-state.rules';

/**
 * Shows the question a letter's link is about and, where the form holds one, takes the answer. Whoever is signed in as
 * staff answers as a visitor here too.
 */
export async function askedByLetter(_before: ConsentState, form: FormData): Promise<ConsentState> {
  await refuseForeignAction();
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const lang = isLang(text('lang')) ? (text('lang') as Lang) : 'zh-Hans';
  const token = pastedToken(text('token'));
  const answered = form.has('answer') && (await answer(token, text('answer'), text('key')));
  const question = await questionOfToken(token);
  // A link that was cut when it was copied; with an answer beside it the act has said so.
  if (question === null && !form.has('answer'))
    noteRefusal({ code: token === '' ? 'invalid_input' : 'code_wrong', field: 'token' });
  return question === null
    ? { kind: 'unknown', typed: text('token').slice(0, 600) }
    : { kind: 'asked', token, question: inWords(question, lang), done: answered, key: newId() };
}

const answer = async (token: string, given: string, key: string): Promise<boolean> => {
  const actor = await currentActor();
  const result = await runCommand(
    answerOwn,
    { token, answer: given, on: accountingToday() },
    actor.kind === 'donor' ? actor : { kind: 'visitor' },
    { key },
  );
  return result.ok;
};

const inWords = ({ change, gift, amountMinor, answer: given }: OwnQuestion, lang: Lang): Question => {
  const t = words(lang, 'changes');
  const open = change.status === 'open';
  const answered = { answer: t(`answers.${given}`) };
  return {
    lead: t('own.lead', {
      road: `${change.segment} ${change.segmentName[lang]}`,
      amount: amountText(amountOf(change.currency, amountMinor)),
      gift,
    }),
    reason: change.reason[lang],
    instead:
      change.toSegment === null
        ? t('own.toAny')
        : t('own.toRoad', { road: `${change.toSegment} ${change.toSegmentName?.[lang] ?? ''}` }),
    deadline: t('own.deadline', { day: dateText(change.deadline, lang) }),
    open,
    answered: open
      ? { title: t('own.done'), body: t('own.doneBody', answered) }
      : { title: t('own.closed'), body: t('own.closedBody', answered) },
  };
};
