'use server';

import { redirect } from 'next/navigation';
import { requireStaff } from '@/lib/auth/session';
import { runCommand } from '@/lib/command';
import { isLang, type Lang } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import { confirmHalt } from '@/lib/proof/log.commands';
import type { DeskState } from '../_desk/act-form.rules';

/** A person says publicly why the log here is not the one others have seen; signing and giving go on. */
export async function confirmHaltAction(_before: DeskState, data: FormData): Promise<DeskState> {
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const lang: Lang = isLang(text('lang')) ? (text('lang') as Lang) : 'zh-Hans';
  const actor = await requireStaff('log:confirm', lang);
  const done = await runCommand(confirmHalt, { reason: text('reason') }, actor, { key: text('key') });
  if (!done.ok)
    return {
      message: refusals[lang][done.refusal.name],
      field: done.refusal.field ?? null,
      values: { reason: text('reason') },
    };
  redirect(`/${lang}/finance/log?done=1`);
}
