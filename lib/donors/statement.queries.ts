import { sql } from 'kysely';
import type { Reader } from '@/db/connect';
import type { LocalText } from '@/db/tables';
import { primary } from '../auth/primary';
import { accountingToday } from '../clock';
import type { Lang } from '../i18n/languages';
import { receiptNumber } from '../receipts/receipt.rules';
import type { StatementDocument } from '../receipts/statement-pdf.gateway';
import { isCurrency } from '../shared/money';
import type { Owner } from './me.queries';

type Row = {
  readonly code: string;
  readonly receivedOn: string;
  readonly designation: string | null;
  readonly settledMinor: bigint;
  readonly goneMinor: bigint;
  readonly currency: string;
  readonly campaign: LocalText;
  readonly illustrative: boolean;
  readonly name: string | null;
  readonly serial: bigint | null;
  readonly issuedOn: string | null;
};

/**
 * What arrived from this account in a calendar year, at what each gift was booked, less what went back. Gifts of one
 * currency only are on one paper; null when there are none.
 */
export const annualStatement = async (
  owner: Owner,
  year: string,
  lang: Lang,
  db: Reader = primary(),
): Promise<StatementDocument | null> => {
  const { rows } = await sql<Row>`
    select g.code, g.received_on as "receivedOn", g.designation, g.settled_minor as "settledMinor",
      c.book_currency as currency, c.name as campaign, c.illustrative, d.name, r.serial, r.issued_on as "issuedOn",
      ((select coalesce(sum(x.amount_minor), 0) from refund x where x.donation_id = g.id and x.status in ('approved', 'sent', 'succeeded'))
        + (select coalesce(sum(x.amount_minor), 0) from dispute x where x.donation_id = g.id and x.status in ('open', 'lost')))::bigint as "goneMinor"
    from donation g join donor d on d.id = g.donor_id join campaign c on c.id = g.campaign_id
    left join receipt r on r.donation_id = g.id and r.status = 'issued'
    where g.donor_id in (select donors_of(${owner.personId})) and g.settled_minor is not null
      and g.received_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date
    order by g.received_on, g.code`.execute(db);
  const currency = rows[0]?.currency;
  if (currency === undefined || !isCurrency(currency)) return null;
  return {
    lang,
    year,
    currency,
    printedOn: accountingToday(),
    specimen: rows.some((row) => row.illustrative),
    name: rows.find((row) => row.name !== null)?.name ?? null,
    campaigns: [...new Set(rows.map((row) => row.campaign[lang]))],
    gifts: rows
      .filter((row) => row.currency === currency)
      .map((row) => ({
        code: row.code,
        receivedOn: row.receivedOn,
        designation: row.designation,
        receipt:
          row.serial === null || row.issuedOn === null ? null : receiptNumber(row.issuedOn, row.serial),
        settledMinor: row.settledMinor,
        goneMinor: row.goneMinor,
      })),
  };
};
