import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database, LocalText } from '@/db/tables';
import { changedFacts, type FiledFacts } from '../campaigns/filed-facts.rules';
import type { Partner } from '../disclosure/report.rules';
import { staffDb } from '../staff-db';
import type { PLAN_MODES, PlanText } from './plan.rules';

export type PlanVersion = Readonly<Record<PlanText, LocalText>> & {
  readonly version: number;
  readonly mode: (typeof PLAN_MODES)[number];
  readonly partners: readonly Partner[];
  readonly filedOn: string | null;
  readonly reason: string | null;
  readonly recordedOn: string;
  readonly recordedBy: string;
};

type DutyRow = {
  readonly campaign: string;
  readonly kind: string;
  readonly title: LocalText;
  readonly rule: string;
  readonly due_on: string;
  readonly done_on: string | null;
};

export type Amendment = {
  readonly campaign: string;
  readonly changed: readonly (keyof FiledFacts)[];
  readonly before: FiledFacts;
  readonly reason: string;
  readonly on: string;
  readonly by: string;
};

export type CampaignOnDesk = {
  readonly slug: string;
  readonly name: LocalText;
  readonly opens_on: string;
  readonly ends_on: string;
  readonly event_on: string | null;
  /** What was filed of it, and what that was before, the newest change first. */
  readonly filed: FiledFacts;
  readonly amendments: readonly Amendment[];
  /** The one in force first. */
  readonly plans: readonly PlanVersion[];
  readonly duties: readonly DutyRow[];
};

/** Of every campaign, also one that is not public yet: its plan in all versions and the duties on record. */
export const plansAndDuties = async (db: Reader = staffDb()): Promise<CampaignOnDesk[]> => {
  const campaigns = await db
    .selectFrom('campaign')
    .select(['slug', 'name', 'opens_on', 'ends_on', 'event_on', 'legal_host', 'licence_no', 'filing_no'])
    .orderBy('opens_on', 'desc')
    .orderBy('slug')
    .execute();
  const plans = (
    await sql<PlanVersion & { readonly campaign: string }>`
      select c.slug as campaign, p.version, p.mode, p.purpose, p.area, p.person_in_charge as "personInCharge", p.office,
        p.ways_to_give as "waysToGive", p.bank_account as "bankAccount", p.beneficiaries, p.uses, p.costs, p.surplus,
        p.partners, p.contact, p.complaints, p.filed_on as "filedOn", p.reason, p.recorded_on as "recordedOn",
        w.name as "recordedBy"
      from campaign_plan p join campaign c on c.id = p.campaign_id join person w on w.id = p.recorded_by
      order by p.version desc`.execute(db as Kysely<Database>)
  ).rows;
  const duties = await db
    .selectFrom('duty')
    .innerJoin('campaign', 'campaign.id', 'duty.campaign_id')
    .select(['campaign.slug as campaign', 'kind', 'title', 'rule', 'due_on', 'done_on'])
    .orderBy('due_on')
    .execute();
  const amendments = (
    await sql<Omit<Amendment, 'changed'> & { readonly after: FiledFacts }>`
      select c.slug as campaign, a.before, a.after, a.reason, a.made_on as on, w.name as by
      from campaign_amendment a join campaign c on c.id = a.campaign_id join person w on w.id = a.made_by
      order by a.recorded_at desc`.execute(db as Kysely<Database>)
  ).rows;
  return campaigns.map(
    ({ legal_host: legalHost, licence_no: licenceNo, filing_no: filingNo, ...campaign }) => ({
      ...campaign,
      filed: { legalHost, licenceNo, filingNo, endsOn: campaign.ends_on },
      amendments: amendments
        .filter((one) => one.campaign === campaign.slug)
        .map(({ after, ...one }) => ({ ...one, changed: changedFacts(one.before, after) })),
      plans: plans.filter((plan) => plan.campaign === campaign.slug),
      duties: duties.filter((duty) => duty.campaign === campaign.slug),
    }),
  );
};
