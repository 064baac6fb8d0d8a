import type { Lang } from '@/lib/i18n/languages';
import type { Money } from '@/lib/shared/money';
import type { IsoDate } from '@/lib/shared/time';

/**
 * Everything that stands on a printed donation receipt: what 慈善法 art 38 asks for (donor, kind and amount, charity,
 * handler, date, and that a name was withheld or the receipt waived) and the fields of the fiscal 捐赠票据 (财综〔2024〕1号
 * art 6) that we hold. The fiscal receipt itself is issued in the finance bureau's system; here its code, number and
 * check code are only registered.
 */
export type ReceiptDocument = {
  readonly lang: Lang;
  /** Our own number, unique for ever: 2023-000095. */
  readonly number: string;
  readonly issuedOn: IsoDate;
  readonly printedOn: IsoDate;
  /** Which print this is; from the second on the paper says that it is a duplicate copy. */
  readonly copy: number;
  readonly voided: ReceiptVoided | null;
  /** Says on the paper that it is a specimen: the demonstration's receipts must not pass for real ones. */
  readonly specimen: boolean;
  readonly payer: {
    /** Null for a donor who stays anonymous. */
    readonly name: string | null;
    /** 统一社会信用代码 of an organisation; null for a person. */
    readonly creditCode: string | null;
  };
  readonly host: { readonly name: string; readonly filingNumber: string | null };
  readonly campaign: { readonly name: string; readonly code: string };
  readonly gift: {
    readonly number: string;
    readonly givenOn: IsoDate;
    readonly method: PaymentMethodWord;
    /** What the donor wrote into the transfer, SL-4D9R-T. */
    readonly reference: string | null;
    readonly receivedOn: IsoDate | null;
  };
  readonly fiscal: FiscalReceipt | null;
  readonly lines: readonly ReceiptLine[];
  readonly total: Money;
  /** The gift in its own currency when that was another, with the frozen rate. */
  readonly foreign: ForeignGift | null;
  /** Sentences in the receipt's language. */
  readonly remarks: readonly string[];
  readonly reviewer: string | null;
  readonly handler: string | null;
  /** The page of this gift; also in the QR code. */
  readonly url: string;
  readonly proof: ReceiptProof | null;
  /** The private part (lib/donations/seal.queries.ts), to go into the giver's own paper; null when there is none. */
  readonly privatePart: string | null;
};

export type PaymentMethodWord = 'bank' | 'cash' | 'cheque' | 'card' | 'alipay' | 'wechat' | 'other';

export type ReceiptLine = {
  readonly project: string;
  /** The road it is for, or where it is needed. */
  readonly purpose: string;
  readonly amount: Money;
};

export type ReceiptVoided = {
  readonly on: IsoDate;
  readonly reason: string;
  /** The number of the receipt issued in its place. */
  readonly replacedBy: string | null;
};

export type FiscalReceipt = {
  readonly code: string;
  readonly number: string;
  readonly checkCode: string;
  /** Null when only the number was told. */
  readonly issuedOn: IsoDate | null;
};

export type ForeignGift = { readonly amount: Money; readonly rate: string; readonly rateDate: IsoDate };

/** Where this receipt's gift stands in the public log, as of a signed checkpoint. */
export type ReceiptProof = {
  /** Index of the leaf, from 0. */
  readonly index: bigint;
  /** Base64 of the leaf's hash. */
  readonly leafHash: string;
  readonly treeSize: bigint;
  /** Base64 of the log's root. */
  readonly rootHash: string;
  readonly checkpointOn: IsoDate;
  /** The signed note whole, so that a paper alone can convict a log that was rewritten. */
  readonly checkpoint: string | null;
  /** The whole .tlog-proof file; it travels inside the PDF, where the page “Check it yourself” finds it. */
  readonly file: string | null;
};
