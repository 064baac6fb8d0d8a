import type { Reader } from '@/db/connect';
import { dateText } from '../i18n/format';
import type { Lang } from '../i18n/languages';
import { words } from '../i18n/words';
import { staffDb } from '../staff-db';
import { balancesBetween } from './balances.queries';
import { advisedGifts, dutyLines, pledgeAgeing, reportCampaigns, segmentCosts } from './lists.queries';
import { count, minor, Rows, text, type Report, type ReportColumn, type ReportRow } from './report.rules';
import type { ReportKind } from './kinds.rules';
import { activities, position } from './statements.rules';
import { cashPosition, fundStatement, trialBalance } from './trial-balance.rules';

export type ReportAsk = {
  readonly kind: ReportKind;
  readonly campaign: string;
  /** The last day that counts, YYYY-MM-DD. */
  readonly on: string;
  readonly lang: Lang;
};

type Body = { readonly columns: readonly ReportColumn[]; readonly rows: readonly ReportRow[] };
type Ask = ReportAsk & {
  readonly t: (key: string) => string;
  readonly db: Reader;
  readonly yearStart: string;
};

/**
 * A report as of any day, recomputed from the ledger now. Null when there is no such campaign. The year is the calendar
 * year, as 《会计法》第十一条 has it.
 */
export const makeReport = async (ask: ReportAsk, db: Reader = staffDb()): Promise<Report | null> => {
  const campaign = (await reportCampaigns(db)).find((one) => one.slug === ask.campaign);
  if (!campaign) return null;
  const say = words(ask.lang, 'accounts');
  const t = (key: string): string => say(key as never);
  const full: Ask = { ...ask, t, db, yearStart: `${ask.on.slice(0, 4)}-01-01` };
  const body = await BODIES[ask.kind](full);
  return {
    title: t(`titles.${ask.kind.replaceAll('-', '_')}`),
    lines: [
      campaign.organiser[ask.lang],
      campaign.name[ask.lang],
      t('asOf').replace('@', dateText(ask.on, ask.lang)),
      t('unit').replace('@', campaign.currency),
    ],
    currency: campaign.currency,
    ...body,
    notes: notesOf(ask.kind, t),
  };
};

const notesOf = (kind: ReportKind, t: (key: string) => string): string[] =>
  kind === 'activities' || kind === 'position'
    ? [t('notes.form'), t('notes.pledges')]
    : kind === 'trial-balance'
      ? [t('notes.balance')]
      : kind === 'pledges'
        ? [t('notes.pledges')]
        : [];

const columns = (t: (key: string) => string, labels: readonly string[], money: number): ReportColumn[] =>
  labels.map((label, index) => ({
    label: t(`columns.${label}`),
    kind: index >= labels.length - money ? 'money' : 'text',
  }));

const FOUR = ['opening', 'debit', 'credit', 'closing'];

const BODIES: Readonly<Record<ReportKind, (ask: Ask) => Promise<Body>>> = {
  'trial-balance': async ({ t, ...ask }) => ({
    columns: columns(t, ['account', ...FOUR], 4),
    rows: trialBalance(await spans({ t, ...ask }), t),
  }),
  activities: async ({ t, ...ask }) => {
    const month = await balancesBetween(ask.campaign, `${ask.on.slice(0, 7)}-01`, ask.on, ask.db);
    return {
      columns: columns(
        t,
        ['item', 'row', 'monthFree', 'monthBound', 'monthAll', 'yearFree', 'yearBound', 'yearAll'],
        6,
      ),
      rows: activities(month, await spans({ t, ...ask }), t),
    };
  },
  position: async ({ t, ...ask }) => ({
    columns: columns(t, ['item', 'row', 'yearStart', 'yearEnd'], 2),
    rows: position(await spans({ t, ...ask }), t),
  }),
  fund: async ({ t, ...ask }) => ({
    columns: columns(t, ['stage', ...FOUR], 4),
    rows: fundStatement(await spans({ t, ...ask }), t),
  }),
  cash: async ({ t, ...ask }) => ({
    columns: columns(t, ['place', ...FOUR], 4),
    rows: cashPosition(await spans({ t, ...ask }), t),
  }),
  roads: async ({ t, campaign, on, lang, db }) => {
    const roads = await segmentCosts(campaign, on, db);
    return {
      columns: columns(
        t,
        ['road', 'name', 'budget', 'allocated', 'committed', 'certified', 'paid', 'left'],
        6,
      ),
      rows: listWithTotal(
        roads.map((road) => ({
          id: road.code,
          look: 'line' as const,
          cells: [
            text(road.code),
            text(road.name[lang]),
            ...[
              road.budgetMinor,
              road.allocatedMinor,
              road.committedMinor,
              road.certifiedMinor,
              road.paidMinor,
            ].map(minor),
            {
              kind: 'money' as const,
              minor: road.allocatedMinor - road.paidMinor,
              across: { plus: [3], minus: [6] },
            },
          ],
        })),
        [text(t('total')), text('')],
        6,
      ),
    };
  },
  pledges: async ({ t, campaign, on, db }) => ({
    columns: [
      { label: t('columns.age'), kind: 'text' },
      { label: t('columns.pledges'), kind: 'count' },
      { label: t('columns.outstanding'), kind: 'money' },
    ],
    rows: listWithTotal(
      (await pledgeAgeing(campaign, on, db)).map((row) => ({
        id: row.bucket,
        look: 'line' as const,
        cells: [text(t(`ages.${row.bucket}`)), count(row.pledges), minor(row.dueMinor)],
      })),
      [text(t('total')), text('')],
      1,
    ),
  }),
  advised: async ({ t, campaign, on, db }) => ({
    columns: columns(t, ['gift', 'road', 'day', 'amount', 'waiting', 'assigned', 'paid', 'other'], 5),
    rows: listWithTotal(
      (await advisedGifts(campaign, on, db)).map((gift) => ({
        id: gift.gift,
        look: 'line' as const,
        cells: [
          text(gift.gift),
          text(gift.road),
          text(gift.receivedOn),
          ...[gift.amountMinor, gift.waitingMinor, gift.assignedMinor, gift.paidMinor, gift.otherMinor].map(
            minor,
          ),
        ],
      })),
      [text(t('total')), text(''), text('')],
      5,
    ),
  }),
  duties: async ({ t, campaign, on, lang, db }) => ({
    columns: columns(t, ['duty', 'rule', 'dueOn', 'doneOn', 'state'], 0),
    rows: (await dutyLines(campaign, db)).map((duty, index) => ({
      id: String(index),
      look: 'line' as const,
      cells: [
        text(duty.title[lang]),
        text(duty.rule),
        text(duty.dueOn),
        text(duty.doneOn !== null && duty.doneOn <= on ? duty.doneOn : ''),
        text(t(`duty.${dutyState(duty, on)}`)),
      ],
    })),
  }),
};

const spans = (ask: Ask) => balancesBetween(ask.campaign, ask.yearStart, ask.on, ask.db);

const dutyState = (duty: { readonly dueOn: string; readonly doneOn: string | null }, on: string): string =>
  duty.doneOn !== null && duty.doneOn <= on
    ? duty.doneOn <= duty.dueOn
      ? 'met'
      : 'met_late'
    : duty.dueOn < on
      ? 'overdue'
      : 'to_come';

const listWithTotal = (
  lines: readonly ReportRow[],
  label: readonly ReportRow['cells'][number][],
  money: number,
): ReportRow[] => {
  const rows = new Rows();
  for (const line of lines) rows.add(line);
  rows.total(
    'total',
    label,
    lines.map((line) => line.id),
    money,
  );
  return rows.all;
};
