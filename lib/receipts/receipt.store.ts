import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import type { ReceiptStatus } from './receipt.rules';

type Trx = Transaction<Database>;

export type ReceiptRow = {
  readonly id: string;
  readonly serial: bigint | null;
  readonly donationId: string;
  readonly status: ReceiptStatus;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly issuedTo: string | null;
  readonly issuedOn: string;
};

const COLUMNS = [
  'id',
  'serial',
  'donation_id as donationId',
  'status',
  'amount_minor as amountMinor',
  'currency',
  'issued_to as issuedTo',
  'issued_on as issuedOn',
] as const;

const asRow = <Row extends { readonly status: string }>(
  row: Row | undefined,
): (Row & { readonly status: ReceiptStatus }) | null =>
  row === undefined ? null : { ...row, status: row.status as ReceiptStatus };

/** The receipt of a gift that is in force. The caller holds the gift's lock. */
export const validReceipt = async (trx: Trx, donationId: string): Promise<ReceiptRow | null> =>
  asRow(
    await trx
      .selectFrom('receipt')
      .select(COLUMNS)
      .where('donation_id', '=', donationId)
      .where('status', '=', 'issued')
      .executeTakeFirst(),
  );

export const lockReceipt = async (trx: Trx, campaignId: string, serial: bigint): Promise<ReceiptRow | null> =>
  asRow(
    await trx
      .selectFrom('receipt')
      .select(COLUMNS)
      .where('campaign_id', '=', campaignId)
      .where('serial', '=', serial)
      .forUpdate()
      .executeTakeFirst(),
  );

/**
 * The next number of a campaign, from a row that is locked until the receipt is written or nothing is: no gap can
 * stay. Taken last in its transaction, because everyone who issues waits here.
 */
export const nextSerial = async (trx: Trx, campaignId: string): Promise<bigint> => {
  const row = await trx
    .insertInto('receipt_counter')
    .values({ campaign_id: campaignId, last_serial: 1n })
    .onConflict((conflict) =>
      conflict.column('campaign_id').doUpdateSet({ last_serial: sql`receipt_counter.last_serial + 1` }),
    )
    .returning('last_serial')
    .executeTakeFirstOrThrow();
  return row.last_serial;
};

export const insertReceipt = async (
  trx: Trx,
  receipt: Omit<ReceiptRow, 'status'> & {
    readonly campaignId: string;
    readonly replacesId: string | null;
    readonly issuedBy: string | null;
  },
): Promise<void> => {
  await trx
    .insertInto('receipt')
    .values({
      id: receipt.id,
      campaign_id: receipt.campaignId,
      serial: receipt.serial,
      donation_id: receipt.donationId,
      status: 'issued',
      replaces_id: receipt.replacesId,
      currency: receipt.currency,
      amount_minor: receipt.amountMinor,
      issued_to: receipt.issuedTo,
      issued_on: receipt.issuedOn,
      issued_by: receipt.issuedBy,
    })
    .execute();
};

/** Takes a receipt out of force, with the reason that stands on it from now on; false: someone was faster. */
export const endReceipt = async (
  trx: Trx,
  id: string,
  from: ReceiptStatus,
  how: {
    readonly to: 'voided' | 're_issued';
    readonly on: string;
    readonly by: string | null;
    readonly reason: string;
  },
): Promise<boolean> => {
  const moved = await trx
    .updateTable('receipt')
    .set({ status: how.to, voided_on: how.on, voided_by: how.by, reason: how.reason })
    .where('id', '=', id)
    .where('status', '=', from)
    .returning('id')
    .executeTakeFirst();
  return moved !== undefined;
};

export const setFiscalNumber = async (
  trx: Trx,
  id: string,
  fiscal: {
    readonly number: string;
    readonly details: { readonly code: string; readonly check: string; readonly on: string } | null;
  },
): Promise<void> => {
  await trx
    .updateTable('receipt')
    .set({
      fiscal_number: fiscal.number,
      fiscal_code: fiscal.details?.code ?? null,
      fiscal_check: fiscal.details?.check ?? null,
      fiscal_on: fiscal.details?.on ?? null,
    })
    .where('id', '=', id)
    .execute();
};

/** Is this gift one of the person's own, or of a record joined with theirs? */
export const isOwnGift = async (trx: Trx, donationId: string, personId: string): Promise<boolean> => {
  const { rows } = await sql<{ own: boolean }>`
    select exists (select from donation where id = ${donationId}
      and donor_id in (select donors_of(${personId}))) as own`.execute(trx);
  return rows[0]?.own ?? false;
};

/** The receipt locked, so that two prints get two numbers. */
export const lockForPrint = (trx: Trx, id: string) =>
  trx
    .selectFrom('receipt')
    .select(['id', 'donation_id as donationId', 'serial'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

/** Counts a print; answers which one it is, from 1. */
export const insertPrint = async (
  trx: Trx,
  print: { readonly receiptId: string; readonly lang: string; readonly by: string | null },
): Promise<number> => {
  const row = await trx
    .insertInto('receipt_print')
    .values((eb) => ({
      receipt_id: print.receiptId,
      no: eb
        .selectFrom('receipt_print')
        .select(sql<number>`(coalesce(max(no), 0) + 1)::int`.as('no'))
        .where('receipt_id', '=', print.receiptId),
      lang: print.lang,
      by_person: print.by,
    }))
    .returning('no')
    .executeTakeFirstOrThrow();
  return row.no;
};

export const waiverInForce = async (trx: Trx, donationId: string): Promise<boolean> =>
  (await trx
    .selectFrom('receipt_waiver')
    .select('no')
    .where('donation_id', '=', donationId)
    .where('withdrawn_on', 'is', null)
    .executeTakeFirst()) !== undefined;

export const insertWaiver = async (
  trx: Trx,
  waiver: { readonly donationId: string; readonly by: string | null; readonly on: string },
): Promise<void> => {
  await trx
    .insertInto('receipt_waiver')
    .values((eb) => ({
      donation_id: waiver.donationId,
      no: eb
        .selectFrom('receipt_waiver')
        .select(sql<number>`(coalesce(max(no), 0) + 1)::int`.as('no'))
        .where('donation_id', '=', waiver.donationId),
      by_person: waiver.by,
      waived_on: waiver.on,
    }))
    .execute();
};

export const endWaiver = async (trx: Trx, donationId: string, on: string): Promise<void> => {
  await trx
    .updateTable('receipt_waiver')
    .set({ withdrawn_on: on })
    .where('donation_id', '=', donationId)
    .where('withdrawn_on', 'is', null)
    .execute();
};

export const donorName = async (trx: Trx, donorId: string | null): Promise<string | null> =>
  donorId === null
    ? null
    : ((await trx.selectFrom('donor').select('name').where('id', '=', donorId).executeTakeFirst())?.name ??
      null);
