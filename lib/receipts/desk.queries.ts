import { sql } from 'kysely';
import type { Reader } from '@/db/connect';
import { staffDb } from '../staff-db';
import { receiptNumber, type ReceiptStatus } from './receipt.rules';

export type DeskReceipt = {
  readonly id: string;
  readonly number: string;
  readonly serial: bigint;
  readonly campaign: string;
  readonly gift: string;
  readonly issuedTo: string | null;
  readonly issuedOn: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly status: ReceiptStatus;
  readonly fiscalNumber: string | null;
};

const SHOWN = 50;

/** The newest receipts; or those of one gift, or the one of a printed number ("2023-000095"). */
export const deskReceipts = async (asked: string, db: Reader = staffDb()): Promise<DeskReceipt[]> => {
  const printed = /^(\d{4})-(\d{6,12})$/.exec(asked);
  const { rows } = await sql<Omit<DeskReceipt, 'number'>>`
    select r.id, r.serial, c.slug as campaign, d.code as gift, r.issued_to as "issuedTo", r.issued_on as "issuedOn",
      r.currency, r.amount_minor as "amountMinor", r.status, r.fiscal_number as "fiscalNumber"
    from receipt r join donation d on d.id = r.donation_id join campaign c on c.id = r.campaign_id
    where r.serial is not null and case when ${asked} = '' then true
      else d.code = ${asked.toUpperCase()}
        or (r.serial = ${printed?.[2] ?? null}::bigint and to_char(r.issued_on, 'YYYY') = ${printed?.[1] ?? ''}) end
    order by r.issued_on desc, r.serial desc limit ${SHOWN}`.execute(db);
  return rows.map((row) => ({ ...row, number: receiptNumber(row.issuedOn, row.serial) }));
};

/** A received gift without a valid receipt, and whether its giver does without one; null when it has one or is unknown. */
export const giftWithoutReceipt = async (
  code: string,
  db: Reader = staffDb(),
): Promise<{ readonly gift: string; readonly waived: boolean } | null> => {
  const { rows } = await sql<{ gift: string; waived: boolean }>`
    select d.code as gift, exists (select from receipt_waiver w where w.donation_id = d.id and w.withdrawn_on is null) as waived
    from donation d where d.code = ${code.toUpperCase()} and d.received_on is not null
      and not exists (select from receipt r where r.donation_id = d.id and r.status = 'issued')`.execute(db);
  return rows[0] ?? null;
};
