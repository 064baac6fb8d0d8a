'use server';

import { redirect } from 'next/navigation';
import { currentActor } from '@/lib/auth/session';
import { myPledge } from '@/lib/donors/me.queries';
import { isLang } from '@/lib/i18n/languages';
import { changePlan } from '../../../_give/plan';
import type { StepState } from '../../../_give/step-state';

/** The giver changes the plan of a promise of their own. */
export async function replanMine(
  language: string,
  code: string,
  seenVersion: number,
  _: StepState,
  form: FormData,
): Promise<StepState> {
  const lang = isLang(language) ? language : 'zh-Hans';
  const actor = await currentActor();
  const here = `/${lang}/me/pledges/${encodeURIComponent(code)}`;
  if (actor.kind !== 'donor' && actor.kind !== 'person')
    redirect(`/${lang}/sign-in?next=${encodeURIComponent(here)}`);
  const answer = await changePlan(lang, actor, await myPledge(actor, code), seenVersion, form);
  if (answer) return answer;
  redirect(`/${lang}/me?replanned=1#pledges`);
}
