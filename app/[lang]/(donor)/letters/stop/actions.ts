'use server';

import { redirect } from 'next/navigation';
import { refuseForeignAction } from '@/lib/auth/session';
import { runCommand } from '@/lib/command';
import { isLang, type Lang } from '@/lib/i18n/languages';
import { stopLetters } from '@/lib/letters/stop.commands';
import { newId } from '@/lib/shared/id';

/** The button of the page that a letter's link opens. */
export async function stopByLink(form: FormData): Promise<void> {
  await refuseForeignAction();
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const typedLang = text('lang');
  const lang: Lang = isLang(typedLang) ? typedLang : 'zh-Hans';
  const token = text('token');
  const done = await runCommand(stopLetters, { token }, { kind: 'visitor' }, { key: `stop:${newId()}` });
  redirect(`/${lang}/letters/stop?t=${encodeURIComponent(token)}${done.ok ? '&done=1' : ''}`);
}
