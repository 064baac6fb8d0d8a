import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database, LocalText } from '@/db/tables';
import { staffDb } from '../staff-db';
import type { ReportFigures } from '../disclosure/report.rules';

export type DeskReport = {
  readonly code: string;
  readonly campaign: string;
  readonly kind: string;
  readonly title: LocalText;
  readonly body: LocalText;
  readonly originalLang: string;
  readonly status: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly dueOn: string | null;
  readonly corrects: string | null;
  readonly contentHash: string;
  readonly writtenBy: string;
  readonly writer: string;
  readonly figures: ReportFigures | null;
  /** The first day it may be published; null when it need not wait. */
  readonly opensOn: string | null;
  readonly withheldReason: string | null;
};

/** Reports that are being written or wait for a second person; what is published stands on the public pages. */
export const reportsOnDesk = async (db: Reader = staffDb()): Promise<readonly DeskReport[]> =>
  (
    await sql<DeskReport>`
      select p.code, c.slug as campaign, p.kind, p.title, p.body, p.original_lang as "originalLang", p.status,
        p.period_from as "periodFrom", p.period_to as "periodTo", p.due_on as "dueOn", o.code as corrects,
        p.content_hash as "contentHash", p.written_by as "writtenBy", w.name as writer, p.figures,
        p.opens_on as "opensOn", p.withheld_reason as "withheldReason"
      from publication p join campaign c on c.id = p.campaign_id join person w on w.id = p.written_by
      left join publication o on o.id = p.corrects_id
      where p.code is not null and p.status in ('draft', 'review', 'embargoed')
      order by p.status desc, p.code desc limit 50`.execute(db as Kysely<Database>)
  ).rows;
