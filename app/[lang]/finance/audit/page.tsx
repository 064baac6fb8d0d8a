import type { Metadata } from 'next';
import { auditTrail, trailChoices, type TrailRow } from '@/lib/audit/audit.queries';
import { requireStaff } from '@/lib/auth/session';
import { momentText } from '@/lib/i18n/format';
import { eventName } from '@/lib/i18n/event-names';
import { words } from '@/lib/i18n/words';
import { BtnLink } from '../../../_ui/btn/component';
import { FilterForm } from '../../../_ui/filter/component';
import { SelectField, TextField } from '../../../_ui/form/component';
import { Empty } from '../../../_ui/msg/component';
import { Paging } from '../../../_ui/paging/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { Table } from '../../../_ui/table/component';
import { Desk } from '../_desk/desk';
import { trailAddress, trailFilter, type TrailQuery } from './trail-filter';

type Props = { params: Promise<{ lang: string }>; searchParams: Promise<TrailQuery> };

const ROWS = 50;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'trail')('audit.title') };
}

/** Who did what: searched by person, thing, act and day, exported, each public act linked to its signed entry. */
export default async function AuditPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'trail');
  const filter = trailFilter(await searchParams);
  const [rows, choices] = await Promise.all([auditTrail(filter, ROWS + 1), trailChoices()]);
  const shown = rows.slice(0, ROWS);
  const path = `/${lang}/finance/audit`;
  const all = { value: '', label: t('audit.all') };
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('audit.title')} over={t('audit.over')} />
      <FilterForm lang={lang} action={path} open>
        <SelectField
          id="trail-person"
          name="person"
          label={t('audit.person')}
          defaultValue={filter.personId ?? ''}
          choices={[all, ...choices.people.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <TextField
          id="trail-thing"
          name="thing"
          label={t('audit.thing')}
          hint={t('audit.thingHint')}
          defaultValue={filter.thing}
          autoComplete="off"
        />
        <SelectField
          id="trail-event"
          name="event"
          label={t('audit.event')}
          defaultValue={filter.event ?? ''}
          choices={[all, ...choices.events.map((event) => ({ value: event, label: eventName(lang, event) }))]}
        />
        <SelectField
          id="trail-kind"
          name="kind"
          label={t('audit.kind')}
          defaultValue={filter.kind ?? ''}
          choices={[all, ...choices.kinds.map((kind) => ({ value: kind, label: kind }))]}
        />
        <TextField
          id="trail-from"
          name="from"
          type="date"
          label={t('audit.from')}
          defaultValue={filter.from}
        />
        <TextField id="trail-to" name="to" type="date" label={t('audit.to')} defaultValue={filter.to} />
      </FilterForm>
      <Panel
        flush
        title={t('audit.title')}
        aside={
          <BtnLink kind="line" size="dense" href={trailAddress(`${path}/export`, filter)}>
            {t('audit.export')}
          </BtnLink>
        }
      >
        <Table
          caption={t('audit.title')}
          captionHidden
          look="dense"
          lang={lang}
          rows={shown}
          rowKey={(row) => String(row.id)}
          empty={<Empty title={t('audit.none')}>{t('audit.noneBody')}</Empty>}
          columns={[
            {
              key: 'when',
              head: t('audit.when'),
              cell: (row) => <time dateTime={row.at.toISOString()}>{momentText(row.at, lang)}</time>,
            },
            { key: 'who', head: t('audit.person'), cell: (row) => row.who },
            {
              key: 'what',
              head: t('audit.what'),
              names: true,
              cell: (row) => <span className="whitespace-nowrap">{eventName(lang, row.event)}</span>,
            },
            { key: 'about', head: t('audit.about'), cell: (row) => `${row.thingKind} ${row.thing}` },
            { key: 'change', head: t('audit.change'), cell: changeText },
            {
              key: 'details',
              head: t('audit.details'),
              cell: (row) => <span className="wrap-anywhere">{detailsText(row)}</span>,
            },
            {
              key: 'approved',
              head: t('audit.approved'),
              cell: (row) => (row.approvedHash === null ? '—' : <code>{row.approvedHash.slice(0, 12)}</code>),
            },
            { key: 'hash', head: t('audit.hash'), cell: (row) => <code>{row.inputHash.slice(0, 12)}</code> },
            {
              key: 'leaf',
              head: t('audit.leaf'),
              cell: (row) =>
                row.leaf === null ? (
                  '—'
                ) : (
                  <a href={`/${lang}/verify?leaf=${row.leaf + 1n}`}>
                    {t('audit.leafNumber', { number: String(row.leaf + 1n) })}
                  </a>
                ),
            },
          ]}
        />
      </Panel>
      <Paging
        lang={lang}
        shown={shown.length}
        newerHref={filter.before === undefined ? null : trailAddress(path, filter)}
        olderHref={rows.length > ROWS ? trailAddress(path, filter, shown.at(-1)?.id) : null}
      />
    </Desk>
  );
}

/** What has a column of its own. */
const SHOWN_APART = new Set(['from', 'to', 'beforeMinor', 'afterMinor', 'approvedHash']);

const changeText = ({ from, to }: TrailRow): string =>
  from === null && to === null ? '—' : `${from ?? '—'} → ${to ?? '—'}`;

const detailsText = (row: TrailRow): string =>
  Object.entries(row.details)
    .filter(([name, value]) => value !== null && !SHOWN_APART.has(name))
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(' · ');
