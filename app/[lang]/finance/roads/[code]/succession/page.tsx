import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { amountText, metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { sketchOf } from '@/lib/segments/line-text.rules';
import { roadShape, seenMerge, seenSplit, type Parts, type RoadShape } from '@/lib/segments/revision.queries';
import { newId } from '@/lib/shared/id';
import { isCurrency, money } from '@/lib/shared/money';
import type { Refusal } from '@/lib/shared/refusal';
import { Btn } from '../../../../../_ui/btn/component';
import { SelectField, TextField } from '../../../../../_ui/form/component';
import { Msg } from '../../../../../_ui/msg/component';
import { langParam } from '../../../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../../../_ui/staff/component';
import { ActForm } from '../../../_desk/act-form';
import type { DeskField } from '../../../_desk/act-form.rules';
import { actOnDesk } from '../../../_desk/action';
import { Desk } from '../../../_desk/desk';

type Props = {
  params: Promise<{ lang: string; code: string }>;
  searchParams: Promise<{ at?: string; with?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = words(await langParam(params), 'roadShape');
  return { title: t('succession.title', { code: (await params).code }) };
}

/** Where to cut or what to join is looked at first, by its address; then it is done. Works without script. */
export default async function SuccessionPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('segment:propose', lang);
  const road = await roadShape((await params).code);
  if (!road) notFound();
  const t = words(lang, 'roadShape');
  const asked = await searchParams;
  const at = /^\d{1,6}(?:\.\d{1,3})?$/.test(asked.at ?? '') ? (asked.at ?? '') : '';
  const other = road.others.find(({ code }) => code === asked.with);
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('succession.title', { code: road.code })} over={t('succession.over')}>
        <a href={`/${lang}/finance/roads/${road.code}`}>{`${road.code} ${road.name[lang]}`}</a>
      </StaffTitle>
      {road.mayEnd.ok ? (
        <p>{t('succession.when')}</p>
      ) : (
        <NotNow lang={lang} road={road} refusal={road.mayEnd.refusal} />
      )}
      {road.mayEnd.ok && (
        <div className="desk-steps">
          <Panel title={t('succession.split')}>
            <form method="get" className="desk-form">
              <TextField
                id="at"
                name="at"
                label={t('succession.at')}
                hint={metresText(road.facts.lengthMm, lang)}
                figures
                inputMode="decimal"
                defaultValue={at}
              />
              <Btn kind="line" size="dense" type="submit">
                {t('succession.look')}
              </Btn>
            </form>
            {at !== '' && (
              <Seen lang={lang} road={road} parts={seenSplit(road, millimetres(at))}>
                <Act
                  lang={lang}
                  road={road}
                  act="segment.split"
                  hidden={{ at }}
                  parts={['first', 'second']}
                />
              </Seen>
            )}
          </Panel>
          <Panel title={t('succession.merge')}>
            <form method="get" className="desk-form">
              <SelectField
                id="with"
                name="with"
                label={t('succession.with')}
                defaultValue={other?.code}
                choices={road.others.map(({ code, name }) => ({
                  value: code,
                  label: `${code} ${name[lang]}`,
                }))}
              />
              <Btn kind="line" size="dense" type="submit">
                {t('succession.look')}
              </Btn>
            </form>
            {other && (
              <Seen lang={lang} road={road} parts={seenMerge(road, other.line)}>
                <Act
                  lang={lang}
                  road={road}
                  act="segment.merge"
                  hidden={{ with: other.code }}
                  parts={['into']}
                />
              </Seen>
            )}
          </Panel>
        </div>
      )}
    </Desk>
  );
}

/** Why this road may not be divided or joined, and where that is put right. */
function NotNow({ lang, road, refusal }: { lang: Lang; road: RoadShape; refusal: Refusal }) {
  const t = words(lang, 'roadShape');
  const left = refusal.details?.['leftMinor'];
  return (
    <Msg
      kind="info"
      title={
        typeof left === 'bigint' && isCurrency(road.currency)
          ? t('succession.money', { amount: amountText(money(road.currency, left)) })
          : t('succession.works', { state: words(lang, 'ui')(`state.${road.status}`) })
      }
    >
      <p>{t('succession.when')}</p>
      {typeof left === 'bigint' && (
        <p>
          <a href={`/${lang}/finance/roads/${road.code}/change`}>
            {words(lang, 'changes')('title', { code: road.code })}
          </a>
        </p>
      )}
    </Msg>
  );
}

const millimetres = (metres: string): number => {
  const [whole = '', rest = ''] = metres.split('.');
  return Number.parseInt(whole + rest.padEnd(3, '0'), 10);
};

/** What would come of it, drawn and measured, or why it cannot be done. */
function Seen({
  lang,
  road,
  parts,
  children,
}: {
  lang: Lang;
  road: RoadShape;
  parts: Parts;
  children: React.ReactNode;
}) {
  const t = words(lang, 'roadShape');
  if (!parts.ok) return <Msg kind="err" title={refusals[lang][parts.refusal.name]} />;
  const [first, second] = parts.value;
  if (!first) return null;
  const sketch = sketchOf(parts.value.map(({ line }) => line));
  const points = (line: typeof first.line) =>
    line.map((point) => sketch.draw(point).map(Math.round).join(',')).join(' ');
  const length = (mm: number) => metresText(mm, lang);
  return (
    <>
      <div className="road-plan">
        <svg viewBox={`0 0 ${sketch.width} ${sketch.height}`} role="img" aria-label={t('succession.picture')}>
          <polyline className="plan-line" points={points(first.line)} />
          {second && <polyline className="plan-line plan-second" points={points(second.line)} />}
        </svg>
      </div>
      <p>
        {second
          ? t('succession.seen', {
              code: road.code,
              first: length(first.lengthMm),
              second: length(second.lengthMm),
            })
          : t('succession.joined', { length: length(first.lengthMm) })}{' '}
        {second && t('succession.keys')}
      </p>
      {children}
    </>
  );
}

function Act({
  lang,
  road,
  act,
  hidden,
  parts,
}: {
  lang: Lang;
  road: RoadShape;
  act: 'segment.split' | 'segment.merge';
  hidden: Readonly<Record<string, string>>;
  parts: readonly ('first' | 'second' | 'into')[];
}) {
  const t = words(lang, 'roadShape');
  const fields: DeskField[] = [
    ...parts.flatMap((part): DeskField[] => [
      { kind: 'text', name: `${part}Code`, label: t(`succession.${part}Code`) },
      { kind: 'text', name: `${part}Name`, label: t(`succession.${part}Name`) },
    ]),
    { kind: 'text', name: 'reason', label: t('succession.reason') },
    { kind: 'day', name: 'on', label: t('succession.on'), value: accountingToday() },
  ];
  return (
    <ActForm
      id={act === 'segment.split' ? 'split' : 'merge'}
      lang={lang}
      action={actOnDesk}
      hidden={{
        lang,
        back: `/${lang}/finance/roads`,
        act,
        key: newId(),
        segment: road.code,
        ...hidden,
      }}
      fields={fields}
      submit={t(act === 'segment.split' ? 'succession.doSplit' : 'succession.doMerge')}
      refusedTitle={words(lang, 'desk')('act.refused')}
    />
  );
}
