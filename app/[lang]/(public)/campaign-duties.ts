import type { LocalText } from '@/db/tables';
import { accountingToday } from '@/lib/clock';
import { dutiesOf, withRecords, type ComputedDuty } from '@/lib/disclosure/duties.rules';
import type { publicCampaigns } from '@/lib/disclosure/campaign.queries';
import {
  publicDuties,
  publicPlans,
  publicReports,
  type PublicPlan,
  type PublicReport,
} from '@/lib/disclosure/reports.queries';
import { partnersOf } from '@/lib/disclosure/report.rules';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { dutyState, type Duty } from './duty.rules';

type Campaign = Awaited<ReturnType<typeof publicCampaigns>>[number];

type Dates = { readonly opens_on: string; readonly ends_on: string; readonly event_on: string | null };

export type CalendarDuty = Duty & {
  readonly kind: string;
  /** Its words on record, or those it is put on record with. */
  readonly record: { readonly title: LocalText; readonly rule: string };
  /** The rule it follows, in words. */
  readonly rule: string;
};

/** The day fundraising began: the concert where there was one, else the day gifts were first taken. */
export const startOf = (campaign: Pick<Dates, 'event_on' | 'opens_on'>): string =>
  campaign.event_on ?? campaign.opens_on;

/** Every duty of a campaign with its due date, the day it was met and the report that met it. */
export const calendarOf = async (campaign: Campaign, lang: Lang): Promise<readonly CalendarDuty[]> => {
  const [records, reports, plans] = await Promise.all([
    publicDuties(campaign.slug),
    publicReports(campaign.slug),
    publicPlans(campaign.slug),
  ]);
  return calendarFrom({ campaign, plan: plans[0], records, reports }, lang);
};

/** The same from what was read already; what nobody has published yet has no address. */
export const calendarFrom = (
  {
    campaign,
    plan,
    records,
    reports,
  }: {
    readonly campaign: Dates;
    readonly plan: Pick<PublicPlan, 'mode' | 'partners'> | undefined;
    readonly records: readonly Awaited<ReturnType<typeof publicDuties>>[number][];
    readonly reports: readonly PublicReport[];
  },
  lang: Lang,
): readonly CalendarDuty[] => {
  const computed = dutiesOf({
    startsOn: startOf(campaign),
    endsOn: campaign.ends_on,
    mode: (plan?.mode ?? 'public') as 'public' | 'targeted' | 'overseas',
    hasPartners: partnersOf(plan?.partners).length > 0,
  });
  const { duties, others } = withRecords(computed, records);
  const t = words(lang, 'duties');
  return [
    ...duties.map((duty) => ({
      id: `${duty.kind}-${duty.dueOn}`,
      kind: duty.kind,
      record: {
        title: inEach((one) => nameOf(one, duty)),
        rule: words('zh-Hans', 'duties')(`rules.${duty.rules}.${duty.kind}`),
      },
      name: nameOf(lang, duty),
      dueOn: duty.dueOn,
      doneOn: duty.doneOn,
      rule: t(`rules.${duty.rules}.${duty.kind}`),
      href: hrefOf(lang, duty, reports),
    })),
    ...others.map((record) => ({
      id: `${record.kind}-${record.due_on}`,
      kind: record.kind,
      record: { title: record.title, rule: record.rule },
      name: record.title[lang],
      dueOn: record.due_on,
      doneOn: record.done_on,
      rule: record.rule,
    })),
  ].toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
};

const inEach = (say: (lang: Lang) => string): LocalText => ({
  'zh-Hans': say('zh-Hans'),
  'zh-Hant': say('zh-Hant'),
  en: say('en'),
});

const nameOf = (lang: Lang, duty: ComputedDuty): string =>
  words(lang, 'duties')(`kinds.${duty.kind}`, {
    no: duty.no,
    year: String(Number(duty.dueOn.slice(0, 4)) - 1),
  });

const hrefOf = (lang: Lang, duty: ComputedDuty, reports: readonly PublicReport[]): string | undefined => {
  if (duty.kind === 'plan_filed') return `/${lang}/about#plan`;
  const report = reports.find((one) => one.kind === duty.kind && one.due_on === duty.dueOn);
  return report?.code ? `/${lang}/reports/${report.code}` : undefined;
};

/** What a short list shows: everything overdue, then the last one met and the next two to come. */
export const nearestDuties = (
  duties: readonly CalendarDuty[],
  today = accountingToday(),
): readonly CalendarDuty[] => {
  const open = duties.filter((duty) => duty.doneOn === null);
  const overdue = open.filter((duty) => dutyState(duty, today).name === 'overdue');
  const ahead = open.filter((duty) => dutyState(duty, today).name !== 'overdue').slice(0, 2);
  const met = duties.filter((duty) => duty.doneOn !== null).slice(overdue.length > 2 ? -2 : -4);
  return [...met, ...overdue, ...ahead].toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
};
