import { sql, type Transaction } from 'kysely';
import { later } from '@/db/dialect';
import type { Database } from '@/db/tables';
import { makeReference } from '../shared/reference.rules';
import {
  donationCode,
  type Channel,
  type DonationEvent,
  type DonationStatus,
  type Settlement,
} from './donation.rules';

type Trx = Transaction<Database>;

export type DonationRow = {
  readonly id: string;
  readonly code: string;
  readonly reference: string;
  readonly campaignId: string;
  readonly donorId: string | null;
  readonly pledgeId: string | null;
  readonly recognitionId: string | null;
  readonly designation: string | null;
  readonly ifNotBuilt: string;
  readonly channel: Channel;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly feeCoveredMinor: bigint;
  readonly settledMinor: bigint | null;
  readonly feeMinor: bigint | null;
  readonly status: DonationStatus;
  readonly givenOn: string;
  readonly receivedOn: string | null;
  readonly recordedBy: string | null;
  readonly contentHash: string;
};

const COLUMNS = [
  'id',
  'code',
  'reference',
  'campaign_id as campaignId',
  'donor_id as donorId',
  'pledge_id as pledgeId',
  'recognition_id as recognitionId',
  'designation',
  'if_not_built as ifNotBuilt',
  'channel',
  'currency',
  'amount_minor as amountMinor',
  'fee_covered_minor as feeCoveredMinor',
  'settled_minor as settledMinor',
  'fee_minor as feeMinor',
  'status',
  'given_on as givenOn',
  'received_on as receivedOn',
  'recorded_by as recordedBy',
  'content_hash as contentHash',
] as const;

/** The next gift number and payment reference. An abandoned try leaves a gap: numbers are names, not counts. */
export const nextDonationNumbers = async (trx: Trx): Promise<DonationNumbers> =>
  donationNumbersOf((await donationNumbersQuery().execute(trx)).rows);

export type DonationNumbers = { readonly code: string; readonly reference: string };

/** The same as a question that can travel with others; `donationNumbersOf` reads its answer. */
export const donationNumbersQuery = () => sql<{ donation: bigint; reference: bigint }>`
  select nextval('donation_no') as donation, nextval('reference_no') as reference`;

export const donationNumbersOf = (
  rows: readonly { readonly donation: bigint; readonly reference: bigint }[],
): DonationNumbers => {
  const row = rows[0];
  if (!row) throw new Error('a sequence gave no number');
  return { code: donationCode(row.donation), reference: makeReference(row.reference) };
};

export type NewDonation = Omit<DonationRow, 'settledMinor' | 'feeMinor' | 'receivedOn'> & {
  readonly bankReference: string | null;
  /** The evening in a hall it was given at. */
  readonly hallEventId?: string | null;
};

/** Writes the gift; the row travels with the act's next statement. */
export const insertDonation = (trx: Trx, donation: NewDonation): Promise<void> =>
  later(
    trx,
    trx.insertInto('donation').values({
      id: donation.id,
      code: donation.code,
      reference: donation.reference,
      campaign_id: donation.campaignId,
      donor_id: donation.donorId,
      pledge_id: donation.pledgeId,
      recognition_id: donation.recognitionId,
      designation: donation.designation,
      if_not_built: donation.ifNotBuilt,
      channel: donation.channel,
      currency: donation.currency,
      amount_minor: donation.amountMinor,
      fee_covered_minor: donation.feeCoveredMinor,
      status: donation.status,
      given_on: donation.givenOn,
      bank_reference: donation.bankReference,
      recorded_by: donation.recordedBy,
      content_hash: donation.contentHash,
      hall_event_id: donation.hallEventId ?? null,
    }),
  );

export type DonationKey = { readonly code: string } | { readonly id: string };

/** The gift, locked until the end of the transaction: what happens to one gift happens one after the other. */
export const lockDonation = async (trx: Trx, by: DonationKey): Promise<DonationRow | null> => {
  const row = await trx
    .selectFrom('donation')
    .select(COLUMNS)
    .where('code' in by ? 'code' : 'id', '=', 'code' in by ? by.code : by.id)
    .forUpdate()
    .executeTakeFirst();
  return row ? { ...row, status: row.status as DonationStatus, channel: row.channel as Channel } : null;
};

export type StatusMove = {
  readonly event: DonationEvent;
  readonly from: DonationStatus;
  readonly to: DonationStatus;
  readonly byPerson: string | null;
  readonly reason?: string | null | undefined;
};

/** Moves a gift if it is still where the decision saw it, together with what the move settles; false: someone was faster. */
export const moveDonationRow = async (
  trx: Trx,
  id: string,
  move: StatusMove,
  also: MovedAlso = {},
): Promise<boolean> => (await moveDonationQuery(trx, id, move, also).executeTakeFirst()) !== undefined;

type MovedAlso = {
  readonly verifiedBy?: string | undefined;
  readonly cleared?:
    | (Settlement & { readonly receivedOn: string; readonly bankReference: string | null })
    | undefined;
};

/** The same as a statement that can travel with others; no row says that someone was faster. */
export const moveDonationQuery = (trx: Trx, id: string, move: StatusMove, also: MovedAlso) => {
  const { cleared } = also;
  // Row and history in one statement: one round trip, and no move without its line.
  return trx
    .with('moved', (db) =>
      db
        .updateTable('donation')
        .set({
          status: move.to,
          ...(also.verifiedBy !== undefined && { verified_by: also.verifiedBy }),
          ...(cleared && {
            settled_minor: cleared.settledMinor,
            fee_minor: cleared.feeMinor,
            rate: cleared.rate,
            rate_on: cleared.rateOn,
            received_on: cleared.receivedOn,
            ...(cleared.bankReference !== null && { bank_reference: cleared.bankReference }),
          }),
        })
        .where('id', '=', id)
        .where('status', '=', move.from)
        .returning('id'),
    )
    .insertInto('donation_status_change')
    .columns(['donation_id', 'event', 'from_status', 'to_status', 'by_person', 'reason'])
    .expression((eb) =>
      eb
        .selectFrom('moved')
        .select([
          'moved.id',
          sql<string>`${move.event}::text`.as('event'),
          sql<string>`${move.from}::text`.as('from_status'),
          sql<string>`${move.to}::text`.as('to_status'),
          sql<string | null>`${move.byPerson}::uuid`.as('by_person'),
          sql<string | null>`${move.reason ?? null}::text`.as('reason'),
        ]),
    )
    .returning('donation_id');
};

/**
 * The day an entry can be dated: the day it happened, or today when that month is already closed. A correction or a
 * late message is booked in the open period and never into a closed one.
 */
export const openDay = async (
  trx: Trx,
  campaignId: string,
  happenedOn: string,
  today: string,
): Promise<string> => {
  const closed = await trx
    .selectFrom('period')
    .select('month')
    .where('campaign_id', '=', campaignId)
    .where('month', '=', `${happenedOn.slice(0, 7)}-01`)
    .where('status', '=', 'closed')
    .executeTakeFirst();
  return closed ? today : happenedOn;
};
