import type { Transaction } from 'kysely';
import type { Database } from '@/db/tables';

type Trx = Transaction<Database>;

/** A contract with the codes it is about, locked. */
export const lockContract = (trx: Trx, code: string) =>
  trx
    .selectFrom('contract as c')
    .innerJoin('segment as s', 's.id', 'c.segment_id')
    .innerJoin('contractor as b', 'b.id', 'c.contractor_id')
    .selectAll('c')
    .select(['s.code as segment_code', 's.campaign_id', 'b.code as contractor_code'])
    .where('c.code', '=', code)
    .forUpdate('c')
    .executeTakeFirst();

export const findContractor = (trx: Trx, code: string) =>
  trx.selectFrom('contractor').selectAll().where('code', '=', code).executeTakeFirst();

export const findDocument = (trx: Trx, code: string) =>
  trx.selectFrom('document').selectAll().where('code', '=', code).executeTakeFirst();

export const quotesOf = (trx: Trx, segmentId: string) =>
  trx
    .selectFrom('quote as q')
    .innerJoin('contractor as b', 'b.id', 'q.contractor_id')
    .select(['q.id', 'b.code as contractor', 'q.amount_minor as amountMinor'])
    .where('q.segment_id', '=', segmentId)
    .execute();

export const contractCount = async (trx: Trx, segmentId: string): Promise<number> => {
  const { count } = await trx
    .selectFrom('contract')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('segment_id', '=', segmentId)
    .executeTakeFirstOrThrow();
  return Number(count);
};

export const certificatesOf = (trx: Trx, contractId: string) =>
  trx
    .selectFrom('certificate')
    .select(['stage', 'amount_minor as amountMinor'])
    .where('contract_id', '=', contractId)
    .execute();

/** Pictures that show work on this road: during or after. */
export const photographsOfWork = async (trx: Trx, segmentId: string): Promise<number> => {
  const { count } = await trx
    .selectFrom('photograph')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('segment_id', '=', segmentId)
    .where('stage', 'in', ['during', 'after'])
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** A reported defect of this road, whether it was confirmed on site, and how many pictures have shown the road since. */
export const confirmedDefect = async (
  trx: Trx,
  segmentId: string,
  code: string,
): Promise<{
  readonly id: string;
  readonly confirmed: boolean;
  readonly photographsSince: number;
} | null> => {
  const row = await trx
    .selectFrom('concern as x')
    .select(['x.id', 'x.finding', 'x.received_on'])
    .where('x.code', '=', code)
    .where('x.kind', '=', 'defect')
    .where('x.segment_id', '=', segmentId)
    .executeTakeFirst();
  if (!row) return null;
  const { count } = await trx
    .selectFrom('photograph')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('segment_id', '=', segmentId)
    .where('stage', '=', 'after')
    .where('taken_on', '>=', row.received_on)
    .executeTakeFirstOrThrow();
  return { id: row.id, confirmed: row.finding === 'confirmed', photographsSince: Number(count) };
};
