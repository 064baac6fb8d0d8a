import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { dateText, metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { lineToText } from '@/lib/segments/line-text.rules';
import { roadShape, type RoadShape } from '@/lib/segments/revision.queries';
import { LINE_PRIVACIES, ROAD_CLASSES, SURFACES } from '@/lib/shared/road-facts';
import { metresTyped } from '@/lib/shared/metres';
import { newId } from '@/lib/shared/id';
import { Empty, Msg } from '../../../../../_ui/msg/component';
import { langParam } from '../../../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../../../_ui/staff/component';
import { Desk, doneText } from '../../../_desk/desk';
import { LineForm } from './line-form';

type Props = {
  params: Promise<{ lang: string; code: string }>;
  searchParams: Promise<{ done?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'roadShape')('edit.title', { code: (await params).code }) };
}

/** A road's line on a plan and as coordinates, its facts, and what both were before. */
export default async function RoadLinePage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('segment:propose', lang);
  const road = await roadShape((await params).code);
  if (!road) notFound();
  const t = words(lang, 'roadShape');
  const done = doneText(lang, (await searchParams).done);
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('edit.title', { code: road.code })} over={t('edit.over')}>
        <a href={`/${lang}/finance/roads/${road.code}`}>{`${road.code} ${road.name[lang]}`}</a>
      </StaffTitle>
      {done && <Msg kind="ok" title={done} />}
      {road.mayChange && (
        <Panel title={t('edit.plan')}>
          <Form lang={lang} road={road} />
        </Panel>
      )}
      <Past lang={lang} road={road} />
    </Desk>
  );
}

function Form({ lang, road }: { lang: Lang; road: RoadShape }) {
  const t = words(lang, 'roadShape');
  const { facts } = road;
  const unknown = { value: '', label: t('facts.unknown') };
  const said = refusals[lang];
  return (
    <LineForm
      lang={lang}
      hidden={{
        lang,
        back: `/${lang}/finance/roads/${road.code}/line`,
        act: 'segment.revise',
        key: newId(),
        segment: road.code,
        seenVersion: String(road.version),
      }}
      line={facts.line}
      redrawn={road.mayBeRedrawn}
      around={road.around}
      others={road.others.map(({ line }) => line)}
      values={{
        width: metresTyped(facts.widthMm),
        thickness: facts.thicknessMm === null ? '' : String(facts.thicknessMm),
        roadClass: facts.roadClass ?? '',
        surface: facts.surface ?? '',
        households: facts.households === null ? '' : String(facts.households),
        privacy: facts.linePrivacy,
        on: accountingToday(),
      }}
      choices={{
        roadClass: [unknown, ...ROAD_CLASSES.map((value) => ({ value, label: t(`facts.classes.${value}`) }))],
        surface: [unknown, ...SURFACES.map((value) => ({ value, label: t(`facts.surfaces.${value}`) }))],
        privacy: LINE_PRIVACIES.map((value) => ({ value, label: t(`facts.privacies.${value}`) })),
      }}
      problems={{
        line_unreadable: said.line_unreadable,
        line_axes_swapped: said.line_axes_swapped,
        line_not_on_earth: said.line_not_on_earth,
        line_far_away: said.line_far_away,
        line_too_short: said.line_too_short,
        line_crosses_itself: said.line_crosses_itself,
      }}
      words={{
        picture: t('edit.picture', { code: road.code, count: facts.line.length }),
        help: t('edit.help'),
        point: t('edit.point', { n: '{n}', count: '{count}' }),
        add: t('edit.add'),
        remove: t('edit.remove'),
        refused: words(lang, 'desk')('act.refused'),
        length: t('edit.length'),
        coordinates: t('edit.coordinates'),
        coordinatesHint: t('edit.coordinatesHint'),
        frozen: t('edit.frozen'),
        width: t('edit.width'),
        thickness: t('edit.thicknessMm'),
        class: t('facts.class'),
        surface: t('facts.surface'),
        households: t('facts.households'),
        privacy: t('edit.privacy'),
        reason: t('edit.reason'),
        on: t('edit.on'),
        save: t('edit.save'),
      }}
    />
  );
}

function Past({ lang, road }: { lang: Lang; road: RoadShape }) {
  const t = words(lang, 'roadShape');
  if (road.revisions.length === 0) return <Empty title={t('edit.none')} />;
  return (
    <Panel title={t('edit.past')}>
      <ol className="history">
        {road.revisions.map((one, index) => (
          <li key={index}>
            <time dateTime={one.on}>{dateText(one.on, lang)}</time>{' '}
            {one.lineChanged
              ? t('edit.lineChange', {
                  before: metresText(one.beforeMm, lang),
                  after: metresText(one.afterMm, lang),
                })
              : t('edit.factsChange')}
            ：{one.reason}
            {one.lineChanged && (
              <details>
                <summary>{t('edit.old')}</summary>
                <pre className="road-coordinates">{lineToText(one.line)}</pre>
              </details>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
