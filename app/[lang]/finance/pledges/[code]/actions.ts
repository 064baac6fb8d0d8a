'use server';

import { redirect } from 'next/navigation';
import { requireStaff } from '@/lib/auth/session';
import { isLang } from '@/lib/i18n/languages';
import { deskPledge } from '@/lib/pledges/desk.queries';
import { changePlan } from '../../../(donor)/_give/plan';
import type { StepState } from '../../../(donor)/_give/step-state';

/** A clerk changes the plan of a promise for its giver. */
export async function replanForGiver(
  language: string,
  code: string,
  seenVersion: number,
  _: StepState,
  form: FormData,
): Promise<StepState> {
  const lang = isLang(language) ? language : 'zh-Hans';
  const actor = await requireStaff('pledge:plan', lang);
  const answer = await changePlan(lang, actor, await deskPledge(code), seenVersion, form);
  if (answer) return answer;
  redirect(`/${lang}/finance/pledges?done=replan&q=${encodeURIComponent(code)}`);
}
