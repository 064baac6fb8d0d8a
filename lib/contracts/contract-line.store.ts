import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import type { ContractLine } from './contract.rules';

type Trx = Transaction<Database>;

/**
 * The lines of a contract as they stand: contracted with approved variations, and what invoices claim that are paid
 * or on their way. Also read by pages.
 */
export const linesOf = async (
  db: Pick<Trx, 'selectFrom'>,
  contractId: string,
): Promise<(ContractLine & { readonly item: Database['contract_line']['item'] })[]> =>
  db
    .selectFrom('contract_line as l')
    .select([
      'l.line_no as lineNo',
      'l.item',
      'l.unit',
      sql<bigint | null>`l.quantity_milli + coalesce((select sum(v.quantity_milli) from variation_line v
        join variation w on w.id = v.variation_id and w.status = 'approved'
        where w.contract_id = l.contract_id and v.line_no = l.line_no), 0)::bigint`.as('quantityMilli'),
      sql<bigint>`(l.amount_minor + coalesce((select sum(v.amount_minor) from variation_line v
        join variation w on w.id = v.variation_id and w.status = 'approved'
        where w.contract_id = l.contract_id and v.line_no = l.line_no), 0))::bigint`.as('amountMinor'),
      sql<bigint>`coalesce((select sum(i.quantity_milli) from invoice_line i
        join disbursement d on d.id = i.disbursement_id
        where d.contract_id = l.contract_id and d.status not in ('returned', 'cancelled', 'bounced')
          and i.line_no = l.line_no), 0)::bigint`.as('claimedMilli'),
      sql<bigint>`coalesce((select sum(i.amount_minor) from invoice_line i
        join disbursement d on d.id = i.disbursement_id
        where d.contract_id = l.contract_id and d.status not in ('returned', 'cancelled', 'bounced')
          and i.line_no = l.line_no), 0)::bigint`.as('claimedMinor'),
    ])
    .where('l.contract_id', '=', contractId)
    .orderBy('l.line_no')
    .execute();

export const variedLines = (db: Pick<Trx, 'selectFrom'>, variationId: string) =>
  db
    .selectFrom('variation_line')
    .select(['line_no as lineNo', 'quantity_milli as quantityMilli', 'amount_minor as amountMinor'])
    .where('variation_id', '=', variationId)
    .orderBy('line_no')
    .execute();
