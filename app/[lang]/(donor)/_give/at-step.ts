import { redirect } from 'next/navigation';
import type { Lang } from '@/lib/i18n/languages';
import {
  mayShow,
  nextStep,
  stepBefore,
  stepsOf,
  type GiveDraft,
  type GiveStep,
} from '@/lib/payments/give-draft.rules';
import { readDraft } from './draft-cookie';
import { loadGiving, type Giving } from './giving';

export const stepPath = (lang: Lang, step: GiveStep): string =>
  `/${lang}/give${step === 'amount' ? '' : `/${step}`}`;

export type AtStep = {
  readonly draft: GiveDraft;
  readonly giving: Giving;
  readonly n: number;
  readonly total: number;
  readonly back: string | undefined;
};

/** What a question's page needs; without the answers before it, giving goes on where it must. */
export const atStep = async (lang: Lang, step: GiveStep): Promise<AtStep> => {
  const draft = await readDraft();
  if (!draft) redirect(stepPath(lang, 'amount'));
  if (!mayShow(draft, step)) redirect(stepPath(lang, nextStep(draft)));
  const giving = await loadGiving(lang, draft.campaign);
  if (!giving?.open) redirect(stepPath(lang, 'amount'));
  const steps = stepsOf(draft);
  const before = stepBefore(draft, step);
  return {
    draft,
    giving,
    n: steps.indexOf(step) + 1,
    total: steps.length,
    back: before === null ? undefined : stepPath(lang, before),
  };
};
