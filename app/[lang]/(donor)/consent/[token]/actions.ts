'use server';

import { redirect } from 'next/navigation';
import { currentActor, refuseForeignAction } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { runCommand } from '@/lib/command';
import { isLang } from '@/lib/i18n/languages';
import { answerOwn } from '@/lib/plan-changes/change.commands';

/** A giver's answer by the link of their letter. Whoever is signed in as staff answers as a visitor here too. */
export async function answerQuestion(data: FormData): Promise<void> {
  await refuseForeignAction();
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  const lang = isLang(text('lang')) ? text('lang') : 'zh-Hans';
  const token = text('token');
  const actor = await currentActor();
  const result = await runCommand(
    answerOwn,
    { token, answer: text('answer'), on: accountingToday() },
    actor.kind === 'donor' ? actor : { kind: 'visitor' },
    { key: text('key') },
  );
  redirect(`/${lang}/consent/${encodeURIComponent(token)}?done=${result.ok ? '1' : '0'}`);
}
