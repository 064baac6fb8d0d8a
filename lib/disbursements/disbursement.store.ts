import type { Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import { CLAIMING } from './disbursement.rules';

type Trx = Transaction<Database>;

export const lockDisbursement = (trx: Trx, code: string) =>
  trx
    .selectFrom('disbursement as d')
    .innerJoin('contract as c', 'c.id', 'd.contract_id')
    .innerJoin('segment as s', 's.id', 'c.segment_id')
    .innerJoin('contractor as b', 'b.id', 'd.contractor_id')
    .innerJoin('certificate as k', 'k.id', 'd.certificate_id')
    .selectAll('d')
    .select([
      'c.code as contract_code',
      's.code as segment_code',
      's.campaign_id',
      'b.code as contractor_code',
      'k.code as certificate_code',
    ])
    .where('d.code', '=', code)
    .forUpdate('d')
    .executeTakeFirst();

/** A certificate with its contract, the contract locked so that two requests cannot both claim the rest. */
export const lockCertificate = (trx: Trx, code: string) =>
  trx
    .selectFrom('certificate as k')
    .innerJoin('contract as c', 'c.id', 'k.contract_id')
    .innerJoin('segment as s', 's.id', 'c.segment_id')
    .selectAll('k')
    .select(['c.contractor_id', 'c.code as contract_code', 's.id as segment_id', 's.code as segment_code'])
    .where('k.code', '=', code)
    .forUpdate('c')
    .executeTakeFirst();

export const claimedOf = async (trx: Trx, certificateId: string): Promise<bigint> => {
  const { total } = await trx
    .selectFrom('disbursement')
    .select((eb) =>
      eb.fn.coalesce(eb.cast<bigint>(eb.fn.sum('amount_minor'), 'bigint'), eb.lit(0)).as('total'),
    )
    .where('certificate_id', '=', certificateId)
    .where('status', 'in', [...CLAIMING])
    .executeTakeFirstOrThrow();
  return BigInt(total);
};

export const nextDisbursementCode = async (trx: Trx): Promise<string> => {
  const { no } = await trx
    .selectNoFrom((eb) => eb.fn<bigint>('nextval', [eb.val('disbursement_no')]).as('no'))
    .executeTakeFirstOrThrow();
  return `D-${no.toString().padStart(4, '0')}`;
};
