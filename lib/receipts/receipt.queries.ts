import type { Reader } from '@/db/connect';
import { reader } from '@/db/reader';
import { env } from '../env';
import { receiptNumber, type ReceiptStatus } from './receipt.rules';

const readers = (): Reader => reader(env.readDatabaseUrl, env.DATABASE_POOL_MAX);

/** Everything a printed receipt says about its gift; who may see it is asked by the page before. */
export type ReceiptFacts = {
  readonly id: string;
  readonly number: string;
  readonly serial: bigint;
  readonly status: ReceiptStatus;
  readonly issuedOn: string;
  readonly issuedTo: string | null;
  readonly fiscalNumber: string | null;
  readonly voidedOn: string | null;
  readonly reason: string | null;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly donation: string;
  readonly reference: string;
  readonly channel: string;
  readonly givenOn: string;
  readonly receivedOn: string | null;
  readonly designation: string | null;
  readonly giftCurrency: string;
  readonly giftMinor: bigint;
  readonly rate: string | null;
  readonly rateOn: string | null;
  readonly donorId: string | null;
  readonly campaign: string;
  readonly replacedBy: string | null;
};

/** All receipts of a gift, the newest first: the one in force and those it replaced. */
export const receiptsOfGift = async (donation: string, db: Reader = readers()): Promise<ReceiptFacts[]> => {
  const rows = await db
    .selectFrom('receipt as r')
    .innerJoin('donation as d', 'd.id', 'r.donation_id')
    .innerJoin('campaign as c', 'c.id', 'd.campaign_id')
    .leftJoin('receipt as n', 'n.replaces_id', 'r.id')
    .select([
      'r.id',
      'r.serial',
      'r.status',
      'r.issued_on as issuedOn',
      'r.issued_to as issuedTo',
      'r.fiscal_number as fiscalNumber',
      'r.voided_on as voidedOn',
      'r.reason',
      'r.currency',
      'r.amount_minor as amountMinor',
      'd.code as donation',
      'd.reference',
      'd.channel',
      'd.given_on as givenOn',
      'd.received_on as receivedOn',
      'd.designation',
      'd.currency as giftCurrency',
      'd.amount_minor as giftMinor',
      'd.rate',
      'd.rate_on as rateOn',
      'd.donor_id as donorId',
      'c.slug as campaign',
      'n.serial as nextSerial',
      'n.issued_on as nextOn',
    ])
    .where('d.code', '=', donation)
    .where('r.serial', 'is not', null)
    .orderBy('r.serial', 'desc')
    .execute();
  return rows.flatMap(({ serial, nextSerial, nextOn, status, ...row }) =>
    serial === null
      ? []
      : [
          {
            ...row,
            serial,
            status: status as ReceiptStatus,
            number: receiptNumber(row.issuedOn, serial),
            replacedBy: nextSerial === null || nextOn === null ? null : receiptNumber(nextOn, nextSerial),
          },
        ],
  );
};
