import { sql, type Kysely } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database, LocalText } from '@/db/tables';
import { publicDb } from './public-db';

export type ClosedMonth = {
  readonly campaign: string;
  readonly month: string;
  readonly event: 'closed' | 'reopened';
  readonly on: string;
  readonly publicText: LocalText | null;
  readonly figuresHash: string;
};

/** Months that were closed, and those that were opened again with the reason given to the public; newest first. */
export const closedMonths = async (db: Reader = publicDb()): Promise<ClosedMonth[]> =>
  (
    await sql<ClosedMonth>`
      select campaign, month, event, happened_on as on, public_text as "publicText", figures_hash as "figuresHash"
      from disclosure.period_event order by happened_on desc, month desc, event desc limit 500`.execute(
      db as Kysely<Database>,
    )
  ).rows;

export type Correction = {
  readonly corrected: string;
  readonly correcting: string;
  readonly kind: string;
  readonly subject: string;
  readonly correctedOn: string;
  readonly correctingOn: string;
  readonly amountMinor: bigint;
  readonly currency: string;
};

/** Correction notices (更正说明): entries that undo an entry of a month that had been closed; newest first. */
export const corrections = async (db: Reader = publicDb()): Promise<Correction[]> =>
  (
    await sql<Correction>`
      select 'E-' || lpad(corrected_id::text, 6, '0') as corrected, 'E-' || lpad(correcting_id::text, 6, '0') as correcting,
        kind, subject, corrected_on as "correctedOn", correcting_on as "correctingOn",
        coalesce(purpose_minor, financial_minor, 0)::bigint as "amountMinor", currency
      from disclosure.correction order by correcting_id desc limit 500`.execute(db as Kysely<Database>)
  ).rows;
