import { Fragment, type ReactNode } from 'react';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { Msg } from '../../../../_ui/msg/component';
import type { SegmentModel, SegmentProps } from './segment-view';

/** What the road is: class, surface with thickness, households. Only what has been stated. */
export const roadFacts = (lang: Lang, model: SegmentModel): { term: string; value: ReactNode }[] => {
  const t = words(lang, 'roadShape');
  const facts: { term: string; value: ReactNode }[] = [];
  if (model.roadClass !== null)
    facts.push({ term: t('facts.class'), value: t(`facts.classes.${model.roadClass}`) });
  if (model.surface !== null)
    facts.push({ term: t('facts.surface'), value: t(`facts.surfaces.${model.surface}`) });
  if (model.thicknessMm !== null)
    facts.push({ term: t('facts.thickness'), value: `${model.thicknessMm} mm` });
  if (model.households !== null)
    facts.push({
      term: t('facts.households'),
      value: t('facts.householdsCount', { count: model.households }),
    });
  return facts;
};

/** Roads by their numbers, as links parted as the language does it. */
export const roadLinks = (lang: Lang, codes: readonly string[]) => () =>
  codes.map((code, index) => (
    <Fragment key={code}>
      {index > 0 && (lang === 'en' ? ', ' : '、')}
      <a href={`/${lang}/roads/${code}`}>{code}</a>
    </Fragment>
  ));

/** Where a road that was split or merged went, and of which roads one came. */
export function Succession({ lang, model }: SegmentProps) {
  const t = words(lang, 'roadShape');
  return (
    <>
      {model.succession !== null && (
        <Msg
          kind="info"
          title={t.rich(`successor.${model.succession}`, { roads: roadLinks(lang, model.successors) })}
        />
      )}
      {model.origins.length > 0 && (
        <p>{t.rich('successor.was', { roads: roadLinks(lang, model.origins) })}</p>
      )}
    </>
  );
}
