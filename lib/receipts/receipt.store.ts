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

export const setFiscalNumber = async (trx: Trx, id: string, fiscalNumber: string): Promise<void> => {
  await trx.updateTable('receipt').set({ fiscal_number: fiscalNumber }).where('id', '=', id).execute();
};

export const donorName = async (trx: Trx, donorId: string | null): Promise<string | null> =>
  donorId === null
    ? null
    : ((await trx.selectFrom('donor').select('name').where('id', '=', donorId).executeTakeFirst())?.name ??
      null);
