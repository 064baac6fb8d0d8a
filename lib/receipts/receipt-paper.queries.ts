import { sql } from 'kysely';
import type { Reader } from '@/db/connect';
import type { LocalText } from '@/db/tables';
import { primary } from '../auth/primary';
import { privatePart } from '../donations/seal.queries';
import { env } from '../env';
import type { Lang } from '../i18n/languages';
import { proofOnPaper } from '../proof/receipt-proof.queries';
import { isCurrency, money, type Money } from '../shared/money';
import { accountingDate } from '../shared/time';
import type { PaymentMethodWord, ReceiptDocument } from './receipt-pdf-document';
import { RECEIPT_WORDS } from './receipt-pdf-words';
import { receiptNumber } from './receipt.rules';
import { openStub } from './stub.store';

type Row = {
  readonly serial: bigint;
  readonly issuedOn: string;
  readonly status: string;
  readonly voidedOn: string | null;
  readonly reason: string | null;
  readonly issuedTo: string | null;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly fiscalNumber: string | null;
  readonly fiscalCode: string | null;
  readonly fiscalCheck: string | null;
  readonly fiscalOn: string | null;
  readonly replacedSerial: bigint | null;
  readonly replacedOn: string | null;
  readonly replacesSerial: bigint | null;
  readonly replacesOn: string | null;
  readonly gift: string;
  readonly reference: string;
  readonly channel: string;
  readonly givenOn: string;
  readonly receivedOn: string | null;
  readonly giftCurrency: string;
  readonly giftMinor: bigint;
  readonly rate: string | null;
  readonly rateOn: string | null;
  readonly road: string | null;
  readonly roadName: LocalText | null;
  readonly handler: string | null;
  readonly reviewer: string | null;
  readonly slug: string;
  readonly campaignName: LocalText;
  readonly place: LocalText;
  readonly host: LocalText;
  readonly filingNo: string | null;
  readonly illustrative: boolean;
  readonly timeZone: string;
  readonly shownAs: LocalText | null;
};

/**
 * Everything that stands on one print of a receipt, or null when there is none of this id. Who may print it has been
 * asked by `printReceipt`, which also gave `copy`. Reads the main database: the first print goes out at once.
 */
export const receiptPaper = async (
  receiptId: string,
  print: {
    readonly lang: Lang;
    readonly copy: number;
    readonly at: Date;
    /** Only the giver's own paper opens the log's commitments. */ readonly forGiver: boolean;
    /** Only an auditor's shows the name of a giver who was forgotten (migration 0051). */
    readonly forAuditor?: boolean;
  },
  db: Reader = primary(),
): Promise<ReceiptDocument | null> => {
  const { rows } = await sql<Row>`
    select r.serial, r.issued_on as "issuedOn", r.status, r.voided_on as "voidedOn", r.reason, r.issued_to as "issuedTo",
      r.currency, r.amount_minor as "amountMinor", r.fiscal_number as "fiscalNumber", r.fiscal_code as "fiscalCode",
      r.fiscal_check as "fiscalCheck", r.fiscal_on as "fiscalOn", n.serial as "replacedSerial",
      n.issued_on as "replacedOn", o.serial as "replacesSerial", o.issued_on as "replacesOn", g.code as gift,
      g.reference, g.channel, g.given_on as "givenOn", g.received_on as "receivedOn", g.currency as "giftCurrency",
      g.amount_minor as "giftMinor", g.rate, g.rate_on as "rateOn", s.code as road, s.name as "roadName",
      coalesce(b.name, h.name) as handler, v.name as reviewer, c.slug, c.name as "campaignName", c.place,
      coalesce(c.legal_host, c.organiser) as host, c.filing_no as "filingNo", c.illustrative, c.time_zone as "timeZone",
      k.shown_as as "shownAs"
    from receipt r join donation g on g.id = r.donation_id join campaign c on c.id = g.campaign_id
    left join segment s on s.code = g.designation
    left join receipt n on n.replaces_id = r.id left join receipt o on o.id = r.replaces_id
    left join person h on h.id = g.recorded_by left join person v on v.id = g.verified_by
    left join person b on b.id = r.issued_by
    left join recognition k on k.id = g.recognition_id and k.consented_at is not null and k.withdrawn_at is null
      and k.moderation = 'shown'
    where r.id = ${receiptId}::uuid and r.serial is not null`.execute(db);
  const row = rows[0];
  if (!row) return null;
  const stub = print.forAuditor && row.issuedTo === null ? await openStub(db, receiptId) : null;
  return asDocument(
    { ...row, issuedTo: row.issuedTo ?? stub },
    print,
    await proofOnPaper(row.gift, db),
    print.forGiver ? await privatePart(row.gift, db) : null,
  );
};

const METHODS: readonly PaymentMethodWord[] = ['bank', 'cash', 'cheque', 'card', 'alipay', 'wechat'];

const amountOf = (currency: string, minor: bigint): Money => {
  if (!isCurrency(currency)) throw new Error(`${currency} is no currency`);
  return money(currency, minor);
};

const asDocument = (
  row: Row,
  { lang, copy, at }: { readonly lang: Lang; readonly copy: number; readonly at: Date },
  proof: ReceiptDocument['proof'],
  opening: string | null,
): ReceiptDocument => {
  const words = RECEIPT_WORDS[lang];
  const total = amountOf(row.currency, row.amountMinor);
  return {
    lang,
    number: receiptNumber(row.issuedOn, row.serial),
    issuedOn: row.issuedOn,
    printedOn: accountingDate(at, row.timeZone),
    copy,
    voided:
      row.status === 'issued' || row.voidedOn === null
        ? null
        : {
            on: row.voidedOn,
            reason: row.reason ?? '',
            replacedBy:
              row.replacedSerial === null || row.replacedOn === null
                ? null
                : receiptNumber(row.replacedOn, row.replacedSerial),
          },
    specimen: row.illustrative,
    payer: { name: row.issuedTo, creditCode: null },
    host: { name: row.host[lang], filingNumber: row.filingNo },
    campaign: { name: row.campaignName[lang], code: row.slug },
    gift: {
      number: row.gift,
      givenOn: row.givenOn,
      method: METHODS.find((one) => one === row.channel) ?? 'other',
      reference: row.channel === 'bank' ? row.reference : null,
      receivedOn: row.receivedOn,
    },
    fiscal:
      row.fiscalNumber === null
        ? null
        : {
            code: row.fiscalCode ?? words.notRegistered,
            number: row.fiscalNumber,
            checkCode: row.fiscalCheck ?? words.notRegistered,
            issuedOn: row.fiscalOn,
          },
    lines: [
      {
        project: words.roadsOf(row.place[lang]),
        purpose: row.road === null ? words.whereNeeded : `${row.road} ${row.roadName?.[lang] ?? ''}`,
        amount: total,
      },
    ],
    total,
    foreign:
      row.giftCurrency === row.currency || row.rate === null || row.rateOn === null
        ? null
        : { amount: amountOf(row.giftCurrency, row.giftMinor), rate: row.rate, rateDate: row.rateOn },
    remarks: [
      ...(row.shownAs === null ? [] : [words.shownAs(row.shownAs[lang])]),
      ...(row.road === null ? [] : [words.consentToMove]),
      ...(row.replacesSerial === null || row.replacesOn === null
        ? []
        : [words.replaces(receiptNumber(row.replacesOn, row.replacesSerial))]),
    ],
    reviewer: row.reviewer,
    handler: row.handler,
    url: `${env.PUBLIC_URL}/${lang}/gifts/${row.gift}`,
    proof,
    privatePart: opening,
  };
};
