import type { Actor } from '@/lib/auth/roles.rules';
import { accountingToday } from '@/lib/clock';
import { runCommand } from '@/lib/command';
import { amountText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { readPlan } from '@/lib/payments/give-draft.form';
import { replanPledge } from '@/lib/pledges/plan.commands';
import { INSTALMENTS_MAX } from '@/lib/pledges/pledge.rules';
import { noteRefusal } from '@/lib/server/refusal-log';
import { newId } from '@/lib/shared/id';
import { isCurrency, money, toDecimal } from '@/lib/shared/money';
import { noteMistakes } from './note-mistakes';
import { PlanForm } from './plan-form';
import { inWords, typedOf, type StepState } from './step-state';
import { mistakeWords, stepWords } from './step-words';
import type { StepAction } from './use-step';

/** A promise whose plan can be changed, as the page has seen it. */
export type PlannedPledge = {
  readonly code: string;
  readonly version: number;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly keptMinor: bigint;
  readonly pledgedOn: string;
  readonly instalments: readonly { readonly dueOn: string; readonly amountMinor: bigint }[];
};

/** Room for two parts more than there are. */
const rowsOf = (pledge: PlannedPledge): number => Math.min(INSTALMENTS_MAX, pledge.instalments.length + 2);
const currencyOf = (pledge: PlannedPledge) => (isCurrency(pledge.currency) ? pledge.currency : 'CNY');

/** The form with the plan in force; `seenVersion` is bound to the action, so a newer plan is never overwritten. */
export function Plan({ lang, pledge, action }: { lang: Lang; pledge: PlannedPledge; action: StepAction }) {
  const t = words(lang, 'me');
  const give = words(lang, 'give');
  const currency = currencyOf(pledge);
  const amount = (minor: bigint): string => amountText(money(currency, minor));
  return (
    <>
      <p>{t('replan.intro', { amount: amount(pledge.amountMinor), kept: amount(pledge.keptMinor) })}</p>
      <PlanForm
        action={action}
        answers={{
          key: newId(),
          ...Object.fromEntries(
            pledge.instalments.flatMap((part, index) => [
              [`date${index + 1}`, part.dueOn],
              [`part${index + 1}`, toDecimal(part.amountMinor, currency)],
            ]),
          ),
        }}
        earliest={pledge.pledgedOn}
        gift={{ amountMinor: String(pledge.amountMinor), currency }}
        rows={Array.from({ length: rowsOf(pledge) }, (_, index) => ({
          date: give('timing.date', { n: index + 1 }),
          part: give('timing.part', { n: index + 1 }),
        }))}
        said={stepWords(lang, { currency, today: pledge.pledgedOn, amountMinor: pledge.amountMinor })}
        t={{ hint: t('replan.hint'), save: t('replan.save') }}
      />
    </>
  );
}

/** Reads the rows and changes the plan of a promise that was found. Null: it is changed; else what the form must say. */
export const changePlan = async (
  lang: Lang,
  actor: Actor,
  pledge: PlannedPledge | null,
  seenVersion: number,
  form: FormData,
): Promise<StepState | null> => {
  const typed = typedOf(form);
  if (!pledge)
    noteRefusal({ code: actor.kind === 'person' ? 'not_found' : 'not_theirs', field: 'pledge', actor });
  if (!pledge) return { typed, errors: [], refusal: refusals[lang].not_found };
  const currency = currencyOf(pledge);
  const { amountMinor, pledgedOn } = pledge;
  const plan = readPlan(typed, { rows: INSTALMENTS_MAX, earliest: pledgedOn, amountMinor, currency });
  if (!plan.ok) {
    noteMistakes(plan.mistakes, typed);
    return {
      typed,
      errors: inWords(plan.mistakes, mistakeWords(lang, { currency, today: pledgedOn, amountMinor })),
    };
  }
  const done = await runCommand(
    replanPledge,
    { pledge: pledge.code, seenVersion, instalments: plan.value, on: accountingToday() },
    actor,
    { key: `plan:${typed['key'] ?? ''}` },
  );
  return done.ok ? null : { typed, errors: [], refusal: refusals[lang][done.refusal.name] };
};
