import type { LocalText } from '@/db/tables';
import { accountingToday } from '@/lib/clock';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { PARTNERS_MOST, PLAN_MODES, PLAN_TEXTS } from '@/lib/publications/plan.rules';
import type { PlanVersion } from '@/lib/publications/plan.queries';
import { newId } from '@/lib/shared/id';
import { ActForm } from '../_desk/act-form';
import type { DeskField } from '../_desk/act-form.rules';
import { actOnDesk } from '../_desk/action';
import { planLabel } from './plan-words';

type Props = { readonly lang: Lang; readonly campaign: string; readonly plan: PlanVersion | undefined };

/** The next version of a plan, every field as it stands in the one in force: only what changes is typed. */
export function PlanForm({ lang, campaign, plan }: Props) {
  const t = words(lang, 'planDesk');
  return (
    <ActForm
      id={`plan-${campaign}`}
      lang={lang}
      action={actOnDesk}
      hidden={{
        lang,
        back: `/${lang}/finance/campaigns`,
        act: 'plan.record',
        campaign,
        seenVersion: String(plan?.version ?? 0),
        on: accountingToday(),
        key: newId(),
      }}
      fields={fieldsOf(lang, plan)}
      submit={t('save')}
      fold={plan ? t('recordNew') : t('record')}
      refusedTitle={words(lang, 'desk')('act.refused')}
    />
  );
}

const fieldsOf = (lang: Lang, plan: PlanVersion | undefined): DeskField[] => {
  const t = words(lang, 'planDesk');
  const lines = Math.min(PARTNERS_MOST, (plan?.partners.length ?? 0) + 2);
  return [
    ...(plan ? [{ kind: 'area', name: 'reason', label: t('reasonAsk') } as const] : []),
    { kind: 'day', name: 'filedOn', label: t('filedOnAsk'), value: plan?.filedOn ?? '' },
    {
      kind: 'choice',
      name: 'mode',
      label: t('mode'),
      choices: PLAN_MODES.map((mode) => ({ value: mode, label: t(`modes.${mode}`) })),
      value: plan?.mode,
    },
    ...PLAN_TEXTS.flatMap((name) => threeWordings(lang, name, planLabel(lang, name), plan?.[name])),
    ...Array.from({ length: lines }, (_, index) => {
      const [no, partner] = [index + 1, plan?.partners[index]];
      return [
        ...threeWordings(lang, `partner${no}`, t('partner', { no }), partner?.name, !partner),
        ...threeWordings(lang, `role${no}`, t('role', { no }), partner?.role, !partner),
      ];
    }).flat(),
  ];
};

/** A field in the first language, and the other two folded away below it; these are empty while they repeat the first. */
export const threeWordings = (
  lang: Lang,
  name: string,
  label: string,
  text?: LocalText,
  optional = false,
): DeskField[] => {
  const t = words(lang, 'planDesk');
  const other = (suffix: string, of: 'zh-Hant' | 'en'): DeskField => ({
    kind: 'area',
    name: `${name}${suffix}`,
    label: t('in', { label, lang: t(`langs.${of}`) }),
    optional: true,
    value: text && text[of] !== text['zh-Hans'] ? text[of] : undefined,
    fold: t('others', { label }),
  });
  return [
    { kind: 'area', name, label, optional, value: text?.['zh-Hans'] },
    other('Hant', 'zh-Hant'),
    other('En', 'en'),
  ];
};
