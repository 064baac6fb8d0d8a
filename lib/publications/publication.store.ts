import { sql, type Transaction } from 'kysely';
import type { Database, LocalText } from '@/db/tables';

type Trx = Transaction<Database>;

export type ReportRow = {
  readonly id: string;
  readonly code: string;
  readonly campaignId: string;
  readonly campaign: string;
  readonly kind: string;
  readonly title: LocalText;
  readonly body: LocalText;
  readonly status: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly dueOn: string | null;
  readonly correctsId: string | null;
  readonly contentHash: string;
  readonly writtenBy: string;
  /** The first day it may be published; null when it need not wait. */
  readonly opensOn: string | null;
};

/** A report under its lock, or null. */
export const lockReport = async (trx: Trx, code: string): Promise<ReportRow | null> =>
  (
    await sql<ReportRow>`
      select p.id, p.code, p.campaign_id as "campaignId", c.slug as campaign, p.kind, p.title, p.body, p.status,
        p.period_from as "periodFrom", p.period_to as "periodTo", p.due_on as "dueOn", p.corrects_id as "correctsId",
        p.content_hash as "contentHash", p.written_by as "writtenBy", p.opens_on as "opensOn"
      from publication p join campaign c on c.id = p.campaign_id
      where p.code = ${code} for update of p`.execute(trx)
  ).rows[0] ?? null;

/** The next number of a report: R-0001. */
export const nextReportCode = async (trx: Trx): Promise<string> => {
  const { rows } = await sql<{ no: bigint }>`select nextval('publication_no') as no`.execute(trx);
  return `R-${String(rows[0]?.no ?? 0n).padStart(4, '0')}`;
};

/** The public duty of this kind and day was met; the record is made where there was none. */
export const meetDuty = async (
  trx: Trx,
  duty: {
    readonly id: string;
    readonly campaignId: string;
    readonly kind: string;
    readonly title: LocalText;
    readonly dueOn: string;
    readonly doneOn: string;
  },
): Promise<void> => {
  await trx
    .insertInto('duty')
    .values({
      id: duty.id,
      campaign_id: duty.campaignId,
      kind: duty.kind,
      title: duty.title,
      rule: '慈善法 art 79',
      due_on: duty.dueOn,
      done_on: duty.doneOn,
    })
    .onConflict((conflict) =>
      conflict.columns(['campaign_id', 'kind', 'due_on']).doUpdateSet({ done_on: duty.doneOn }),
    )
    .execute();
};
