import {
  addDays,
  addMonths,
  annualReportDue,
  fullReportDue,
  progressDueDates,
  type IsoDate,
} from '../shared/time';

/**
 * What a Chinese public fundraising must publish and by when, computed from its dates alone. Rules are date-effective:
 * a due date follows the law that is in force on it, so a campaign of 2023 starts under the law of 2016 and ends under
 * the rules of 2026. Not legal advice: it is what the texts say.
 */
export const DUTY_KINDS = [
  'plan_filed',
  'progress_report',
  'annual_report',
  'full_report',
  'partner_evaluation',
  'surplus_report',
] as const;
export type DutyKind = (typeof DUTY_KINDS)[number];

/** 慈善法 2016 with the measures of 2018; the law as amended from 2024-09-05; with Order 81 from 2026-01-01. */
export const RULE_SETS = [
  { id: 'act2016', from: '2016-09-01' },
  { id: 'act2023', from: '2024-09-05' },
  { id: 'order81', from: '2026-01-01' },
] as const;
export type RuleSetId = (typeof RULE_SETS)[number]['id'];

/** The rules in force on a day. Before 2016 there was no such law; the first set then stands in. */
export const ruleSetOn = (day: IsoDate): RuleSetId =>
  RULE_SETS.findLast((set) => set.from <= day)?.id ?? RULE_SETS[0].id;

export type ComputedDuty = {
  readonly kind: DutyKind;
  /** Number within its kind: the second progress report, the annual report of the third year. */
  readonly no: number;
  readonly dueOn: IsoDate;
  readonly rules: RuleSetId;
};

export type DutyDates = {
  /** The day the fundraising began: the concert, or the day gifts were first taken. */
  readonly startsOn: IsoDate;
  readonly endsOn: IsoDate;
  readonly mode: 'public' | 'targeted' | 'overseas';
  readonly hasPartners: boolean;
};

/** Days before the start by which the plan must be on file (备案指引; the law itself: before the start). */
const FILING_DAYS = 10;

/**
 * Every duty of the campaign, in the order of due dates. Targeted fundraising has no fixed days (慈善法 art 80: tell
 * the donors promptly) but for the annual report; from abroad only the annual report is computed.
 */
export const dutiesOf = ({ startsOn, endsOn, mode, hasPartners }: DutyDates): readonly ComputedDuty[] => {
  const isPublic = mode === 'public';
  const list = (kind: DutyKind, dates: readonly IsoDate[]): ComputedDuty[] =>
    dates.map((dueOn, index) => ({ kind, no: index + 1, dueOn, rules: ruleSetOn(dueOn) }));
  const duties = [
    ...list('plan_filed', isPublic ? [addDays(startsOn, -FILING_DAYS)] : []),
    ...list('progress_report', isPublic ? progressDueDates(startsOn, endsOn) : []),
    ...list('annual_report', annualDates(startsOn, endsOn)),
    ...list('full_report', isPublic ? [fullReportDue(endsOn)] : []),
    // Both come with Order 81 (from 2026): due within three months of the end.
    ...list(
      'partner_evaluation',
      isPublic && hasPartners && ruleSetOn(endsOn) === 'order81' ? [addMonths(endsOn, 3)] : [],
    ),
    ...list('surplus_report', isPublic && ruleSetOn(endsOn) === 'order81' ? [addMonths(endsOn, 3)] : []),
  ];
  return duties.toSorted((a, b) => (a.dueOn === b.dueOn ? 0 : a.dueOn < b.dueOn ? -1 : 1));
};

/** 31 May after every calendar year the campaign runs in. */
const annualDates = (startsOn: IsoDate, endsOn: IsoDate): IsoDate[] => {
  const [first, last] = [Number(startsOn.slice(0, 4)), Number(endsOn.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, index) => annualReportDue(first + index));
};

/** What is known to have been done: a duty is met by the record with its kind and due date. */
export type DutyRecord = {
  readonly kind: string;
  readonly due_on: IsoDate;
  readonly done_on: IsoDate | null;
};

/** The computed duties with the day each was met; records of duties no rule computes (a promise) are kept too. */
export const withRecords = <Record extends DutyRecord>(
  computed: readonly ComputedDuty[],
  records: readonly Record[],
): {
  readonly duties: readonly (ComputedDuty & { readonly doneOn: IsoDate | null })[];
  readonly others: readonly Record[];
} => {
  const same = (duty: ComputedDuty, record: Record): boolean =>
    duty.kind === record.kind && duty.dueOn === record.due_on;
  return {
    duties: computed.map((duty) => ({
      ...duty,
      doneOn: records.find((record) => same(duty, record))?.done_on ?? null,
    })),
    others: records.filter((record) => !computed.some((duty) => same(duty, record))),
  };
};
