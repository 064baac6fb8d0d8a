import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database, LocalText } from '@/db/tables';
import { env } from '../env';
import type { Lang } from '../i18n/languages';
import { staffDb } from '../staff-db';
import type { Answer, ChangeBasis, ChangeKind, PlanChangeStatus } from './change.rules';
import { readConsentToken } from './consent-token';

export type ChangeOnDesk = {
  readonly id: string;
  readonly code: string;
  readonly kind: ChangeKind;
  readonly reason: LocalText;
  readonly basis: ChangeBasis;
  readonly basisReference: string | null;
  readonly segment: string;
  readonly segmentName: LocalText;
  readonly toSegment: string | null;
  readonly toSegmentName: LocalText | null;
  readonly campaignName: LocalText;
  readonly currency: string;
  readonly deadline: string;
  readonly status: PlanChangeStatus;
  readonly decision: string | null;
  readonly keepUntil: string | null;
  readonly outcome: LocalText | null;
  readonly contentHash: string | null;
  readonly proposedBy: string | null;
};

const changes = (db: Reader, where: ReturnType<typeof sql>) =>
  sql<ChangeOnDesk>`
    select p.id, p.code, p.kind, p.reason, p.basis, p.basis_reference as "basisReference", s.code as segment, s.name as "segmentName",
      t.code as "toSegment", t.name as "toSegmentName", c.name as "campaignName", c.book_currency as currency, p.deadline,
      p.status, p.decision, p.keep_until as "keepUntil", p.outcome, p.content_hash as "contentHash", p.proposed_by as "proposedBy"
    from plan_change p join segment s on s.id = p.segment_id join campaign c on c.id = p.campaign_id
    left join segment t on t.id = p.to_segment_id where ${where} order by p.created_at desc`.execute(
    db as Kysely<Database>,
  );

/** All changes of one road's plan, the newest first. */
export const changesOfRoad = async (segment: string, db: Reader = staffDb()): Promise<ChangeOnDesk[]> =>
  (await changes(db, sql`s.code = ${segment}`)).rows;

export type GiftOnDesk = {
  readonly subject: string;
  readonly amountMinor: bigint;
  readonly answer: Answer;
  readonly askedOn: string | null;
  readonly means: string | null;
  readonly answeredOn: string | null;
  readonly evidence: string | null;
  readonly outcome: string | null;
  readonly refund: string | null;
  readonly donorName: string | null;
  readonly donorLang: Lang;
  readonly hasAddress: boolean;
};

/** The gifts a changed plan touches, with where each one's giver stands. For staff: names are shown here only. */
export const giftsOnDesk = async (changeId: string, db: Reader = staffDb()): Promise<GiftOnDesk[]> =>
  (
    await sql<GiftOnDesk>`
    select l.subject, g.amount_minor as "amountMinor", g.answer, g.asked_on as "askedOn", g.asked_by_means as means,
      g.answered_on as "answeredOn", g.evidence, g.outcome, r.code as refund, o.name as "donorName",
      coalesce(o.lang, 'zh-Hans') as "donorLang", (o.email is not null and o.erased_at is null) as "hasAddress"
    from plan_change_gift g join lot l on l.id = g.lot_id
    left join donation d on d.code = l.subject left join donor o on o.id = d.donor_id left join refund r on r.id = g.refund_id
    where g.plan_change_id = ${changeId} order by l.subject`.execute(db as Kysely<Database>)
  ).rows;

export type OwnQuestion = {
  readonly change: ChangeOnDesk;
  readonly gift: string;
  readonly amountMinor: bigint;
  readonly answer: Answer;
};

/** The one question a giver's own link is about; null for a link that is not ours. */
export const questionOfToken = async (token: string, db: Reader = staffDb()): Promise<OwnQuestion | null> => {
  const about = readConsentToken(env.AUTH_SECRET, token);
  if (about === null) return null;
  const [change] = (await changes(db, sql`p.code = ${about.change}`)).rows;
  const gift = change && (await giftsOnDesk(change.id, db)).find((one) => one.subject === about.gift);
  return change && gift
    ? { change, gift: gift.subject, amountMinor: gift.amountMinor, answer: gift.answer }
    : null;
};
