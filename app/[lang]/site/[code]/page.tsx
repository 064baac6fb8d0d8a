import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { measurementsOfRoad, picturesOfRoad } from '@/lib/evidence/evidence.queries';
import { MEASUREMENT_KINDS, unitOf, writtenValue, type MeasurementKind } from '@/lib/shared/measurement';
import { mayDo } from '@/lib/auth/roles.rules';
import { dateText } from '@/lib/i18n/format';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { keyToSealFor } from '@/lib/evidence/upload.flow';
import { roadOnDesk } from '@/lib/segments/segment.queries';
import { newId } from '@/lib/shared/id';
import { Btn } from '../../../_ui/btn/component';
import { SelectField, TextField } from '../../../_ui/form/component';
import { Msg } from '../../../_ui/msg/component';
import { Private } from '../../../_ui/session/keeper';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { ActForm } from '../../finance/_desk/act-form';
import { actOnDesk } from '../../finance/_desk/action';
import { Desk } from '../../finance/_desk/desk';
import { sendDirectly } from './actions';
import { Frame } from './frame';
import { Outbox } from './outbox';

/** What an upload may be refused for. */
const UPLOAD_REFUSALS = [
  'sealed_unreadable',
  'file_infected',
  'file_too_large',
  'file_type_refused',
  'file_unreadable',
  'upload_incomplete',
  'invalid_input',
  'not_found',
  'not_permitted',
] as const;

type Props = {
  params: Promise<{ lang: string; code: string }>;
  searchParams: Promise<{ done?: string; refused?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'siteWork')('title') };
}

/** The inspector's page for one road: photographs that survive a lost network. */
export default async function SitePage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('photograph:file', lang);
  const road = await roadOnDesk((await params).code);
  if (!road) notFound();
  const t = words(lang, 'siteWork');
  const desk = words(lang, 'desk');
  const pictures = await picturesOfRoad(road.code);
  const measurements = await measurementsOfRoad(road.code);
  const { done, refused } = await searchParams;
  const said = refusals[lang];
  const why =
    refused !== undefined && Object.hasOwn(said, refused) ? said[refused as keyof typeof said] : undefined;
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={`${road.code} ${road.name[lang]}`} over={t('over')} />
      {done !== undefined && done !== '0' && <Msg kind="ok" title={t('saved')} />}
      {done === '0' && (
        <Msg kind="err" title={t('failed')}>
          {why}
        </Msg>
      )}
      <Panel title={t('title')}>
        <form action={sendDirectly} id="site-photograph" className="desk-form" autoComplete="off">
          <input type="hidden" name="lang" value={lang} />
          <input type="hidden" name="segment" value={road.code} />
          <input type="hidden" name="key" value={newId()} />
          <input type="hidden" name="place" value="" />
          <SelectField
            id="stage"
            name="stage"
            label={t('stage')}
            choices={(['before', 'during', 'after'] as const).map((value) => ({
              value,
              label: desk(`stages.${value}`),
            }))}
          />
          <TextField id="station" name="station" label={t('station')} defaultValue="A" maxLength={40} />
          <TextField id="on" name="on" type="date" label={t('day')} defaultValue={accountingToday()} />
          <TextField
            id="photograph"
            name="photograph"
            type="file"
            accept="image/jpeg,image/png,image/webp"
            capture="environment"
            label={t('photograph')}
            error={refused?.startsWith('file_') === true ? why : undefined}
          />
          <Btn kind="primary" type="submit">
            {t('save')}
          </Btn>
        </form>
        <Frame
          formId="site-photograph"
          pictures={pictures.map((picture) => ({
            id: picture.id,
            station: picture.station,
            label: `${picture.station} · ${desk(`stages.${picture.stage as 'before'}`)} · ${dateText(picture.takenOn, lang)}`,
          }))}
          words={{
            ghost: t('frame.ghost'),
            noGhost: t('frame.noGhost'),
            strength: t('frame.strength'),
            open: t('frame.open'),
            shoot: t('frame.shoot'),
            close: t('frame.close'),
            noCamera: t('frame.noCamera'),
            chosen: t('frame.chosen'),
          }}
        />
        <Outbox
          formId="site-photograph"
          segment={road.code}
          lang={lang}
          sealer={{ person: actor.personId, key: keyToSealFor() }}
          refusals={Object.fromEntries(UPLOAD_REFUSALS.map((name) => [name, refusals[lang][name]]))}
          words={{
            waiting: t('waiting'),
            none: t('none'),
            others: t('others'),
            sendNow: t('sendNow'),
            signIn: t('signIn'),
            sent: t('sent'),
            offline: t('offline'),
            notNow: t('notNow'),
            refused: t('refused'),
            discard: t('discard'),
            notKept: t('notKept'),
            other: t('failed'),
          }}
        />
      </Panel>
      <Private>
        {mayDo(actor, 'measurement:record') === 'allowed' && (
          <Panel title={t('measure.title')}>
            <ActForm
              id="measure"
              lang={lang}
              action={actOnDesk}
              hidden={{
                lang,
                back: `/${lang}/site/${road.code}`,
                act: 'measurement.record',
                key: newId(),
                segment: road.code,
                campaign: road.campaign,
              }}
              fields={[
                {
                  kind: 'choice',
                  name: 'kind',
                  label: t('measure.kind'),
                  choices: MEASUREMENT_KINDS.map((value) => ({
                    value,
                    label: `${t(`measure.kinds.${value}`)} (${unitOf(value)})`,
                  })),
                },
                { kind: 'text', name: 'station', label: t('measure.station') },
                { kind: 'number', name: 'value', label: t('measure.value') },
                { kind: 'number', name: 'required', label: t('measure.required') },
                {
                  kind: 'file',
                  name: 'document',
                  label: t('measure.report'),
                  accept: '.pdf,.jpg,.jpeg,.png,application/pdf,image/*',
                },
                { kind: 'text', name: 'note', label: desk('act.note'), optional: true },
                { kind: 'day', name: 'on', label: t('measure.day'), value: accountingToday() },
              ]}
              submit={t('measure.save')}
              refusedTitle={desk('act.refused')}
            />
          </Panel>
        )}
        {measurements.length > 0 && (
          <Panel title={t('measure.list')}>
            <ul>
              {measurements.map((one) => {
                const kind = one.kind as MeasurementKind;
                return (
                  <li key={one.id}>
                    {one.station} · {t(`measure.kinds.${kind}`)} {writtenValue(kind, one.valueMilli)}{' '}
                    {unitOf(kind)}
                    {one.requiredMilli !== null &&
                      ` (${t('measure.atLeast', { value: writtenValue(kind, one.requiredMilli) })})`}{' '}
                    · {dateText(one.on, lang)}
                  </li>
                );
              })}
            </ul>
          </Panel>
        )}
        {pictures.length > 0 && (
          <Panel title={t('earlier')}>
            <ul>
              {pictures.map((picture) => (
                <li key={picture.id}>
                  {picture.station} · {desk(`stages.${picture.stage as 'before'}`)} ·{' '}
                  {dateText(picture.takenOn, lang)}
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </Private>
    </Desk>
  );
}
