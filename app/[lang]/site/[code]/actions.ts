'use server';

import { redirect } from 'next/navigation';
import { requireStaff } from '@/lib/auth/session';
import { isWorkStage, keepPhotograph } from '@/lib/evidence/photograph.flow';
import { noteRefusal, noteRefused } from '@/lib/server/refusal-log';
import { isLang } from '@/lib/i18n/languages';

/** The form without script: one file, sent directly. With script the phone's own list takes over. */
export async function sendDirectly(data: FormData): Promise<void> {
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const langText = text('lang');
  const lang = isLang(langText) ? langText : 'zh-Hans';
  const actor = await requireStaff('photograph:file', lang);
  const file = data.get('photograph');
  const stage = text('stage');
  const kept =
    file instanceof File && file.size > 0 && isWorkStage(stage)
      ? await keepPhotograph(actor, text('key'), file, {
          segment: text('segment'),
          stage,
          station: text('station') || 'A',
          on: text('on'),
        })
      : null;
  const about = { door: 'photograph.file', actor };
  if (kept === null)
    noteRefusal(
      isWorkStage(stage)
        ? { code: 'invalid_input', field: 'photograph', ...about }
        : { code: 'value_not_offered', field: 'stage', ...about },
    );
  else if (!kept.ok) noteRefused(kept.refusal, about);
  const code = encodeURIComponent(text('segment'));
  const why = kept?.ok === false ? `&refused=${kept.refusal.name}` : '';
  redirect(`/${lang}/site/${code}?done=${kept?.ok ? '1' : '0'}${why}`);
}
