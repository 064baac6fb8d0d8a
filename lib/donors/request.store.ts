import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';

type Trx = Transaction<Database>;

export type RequestRow = {
  readonly id: string;
  readonly code: string;
  readonly donationId: string;
  readonly kind: 'refund' | 'move';
  readonly amountMinor: bigint | null;
  readonly designation: string | null;
  readonly reason: string | null;
  readonly askedBy: string;
  readonly status: 'open' | 'done' | 'declined' | 'withdrawn';
};

export const nextRequestCode = async (trx: Trx): Promise<string> => {
  const { rows } = await sql<{ n: bigint }>`select nextval('donor_request_no') as n`.execute(trx);
  return `DR-${String(rows[0]?.n ?? 0n).padStart(4, '0')}`;
};

export const insertRequest = async (
  trx: Trx,
  row: RequestRow & { readonly askedOn: string },
): Promise<void> => {
  await trx
    .insertInto('donor_request')
    .values({
      id: row.id,
      code: row.code,
      donation_id: row.donationId,
      kind: row.kind,
      amount_minor: row.amountMinor,
      designation: row.designation,
      reason: row.reason,
      asked_by: row.askedBy,
      asked_on: row.askedOn,
      status: 'open',
    })
    .execute();
};

export const hasOpenRequest = async (
  trx: Trx,
  donationId: string,
  kind: 'refund' | 'move',
): Promise<boolean> =>
  (await trx
    .selectFrom('donor_request')
    .select('id')
    .where('donation_id', '=', donationId)
    .where('kind', '=', kind)
    .where('status', '=', 'open')
    .executeTakeFirst()) !== undefined;

/** A request, read first to lock its gift before it. */
export const findRequest = async (trx: Trx, code: string): Promise<RequestRow | null> => {
  const row = await trx
    .selectFrom('donor_request')
    .select([
      'id',
      'code',
      'donation_id as donationId',
      'kind',
      'amount_minor as amountMinor',
      'designation',
      'reason',
      'asked_by as askedBy',
      'status',
    ])
    .where('code', '=', code)
    .executeTakeFirst();
  return row
    ? { ...row, kind: row.kind as RequestRow['kind'], status: row.status as RequestRow['status'] }
    : null;
};

/** Answers an open request; false when someone was faster. */
export const closeRequest = async (
  trx: Trx,
  id: string,
  answer: {
    readonly status: 'done' | 'declined' | 'withdrawn';
    readonly by: string | null;
    readonly on: string;
    readonly answer: string | null;
    readonly refundId?: string | undefined;
  },
): Promise<boolean> =>
  (await trx
    .updateTable('donor_request')
    .set({
      status: answer.status,
      answered_by: answer.by,
      answered_on: answer.on,
      answer: answer.answer,
      ...(answer.refundId !== undefined && { refund_id: answer.refundId }),
    })
    .where('id', '=', id)
    .where('status', '=', 'open')
    .returning('id')
    .executeTakeFirst()) !== undefined;
