import type { Lang } from '../i18n/languages';
import type { Money } from '../shared/money';

/** Where a bank transfer goes; printed in full so that the mail alone is enough to pay. */
export type TransferCard = {
  readonly accountName: string;
  readonly bank: string;
  readonly accountNumber: string;
  /** What the donor types into the remark field so that the money finds its pledge. */
  readonly reference: string;
};

export type Instalment = { readonly dueOn: string; readonly amount: Money };

/** What can be written to people. Each template's data is all it needs; addresses and names of others never are. */
export type MailContent =
  | {
      readonly template: 'sign_in';
      readonly data: { readonly code: string; readonly url: string; readonly device: string };
    }
  | {
      readonly template: 'card_alarm';
      readonly data: { readonly declined: number; readonly paid: number };
    }
  | {
      readonly template: 'account_notice';
      readonly data: { readonly what: AccountNotice; readonly at: Date; readonly role?: string | undefined };
    }
  | {
      readonly template: 'pledge_thanks';
      readonly data: {
        readonly campaign: string;
        readonly reference: string;
        readonly amount: Money;
        readonly road: string | null;
        readonly instalments: readonly Instalment[];
        readonly transfer: TransferCard | null;
        readonly url: string;
      };
    }
  | {
      readonly template: 'pledge_reminder';
      readonly data: {
        readonly campaign: string;
        readonly reference: string;
        readonly due: Money;
        readonly dueOn: string;
        readonly overdue: boolean;
        readonly transfer: TransferCard | null;
        readonly url: string;
        /** Ends reminders without signing in. */
        readonly stopUrl: string;
      };
    }
  | {
      readonly template: 'payment_failed';
      readonly data: {
        readonly campaign: string;
        readonly amount: Money;
        /** What to try again with; null for a gift that kept no promise. */
        readonly reference: string | null;
        readonly url: string;
      };
    }
  | {
      readonly template: 'road_news';
      readonly data: {
        readonly campaign: string;
        readonly road: string;
        readonly roadName: string;
        readonly what: RoadNews;
        readonly on: string;
        readonly gift: string;
        readonly roadUrl: string;
        readonly giftUrl: string;
        /** The public thumbnail of the newest published photograph, by its hash; null when there is none. */
        readonly photograph: { readonly sha256: string; readonly takenOn: string } | null;
        readonly stopUrl: string;
      };
    }
  | {
      readonly template: 'dispute';
      readonly data: {
        readonly campaign: string;
        readonly gift: string;
        readonly amount: Money;
        readonly on: string;
        readonly url: string;
      };
    }
  | {
      readonly template: 'receipt';
      readonly data: {
        readonly campaign: string;
        readonly number: string;
        readonly amount: Money;
        readonly receivedOn: string;
        readonly receiptUrl: string;
        readonly giftUrl: string;
        /** The receipt to be printed and attached when the mail goes out. */
        readonly receiptId: string;
      };
    }
  | {
      readonly template: 'use_change';
      readonly data: {
        readonly campaign: string;
        readonly change: string;
        readonly gift: string;
        readonly road: string;
        readonly kind: 'suspended' | 'cancelled' | 'under_budget' | 'over_budget' | 'split';
        readonly reason: string;
        readonly amount: Money;
        /** The road it is asked to go to; null = where it is needed. */
        readonly toRoad: string | null;
        /** What silence until the deadline means. */
        readonly silence: 'return' | 'move';
        readonly deadline: string;
        readonly url: string;
      };
    }
  | {
      readonly template: 'log_head';
      readonly data: {
        /** The signed head whole: whoever keeps this mail can show that a later log is another one. */
        readonly checkpoint: string;
        readonly size: string;
        readonly signedAt: Date;
        readonly keys: readonly string[];
      };
    };

export type RoadNews = 'started' | 'inspected' | 'accepted';

export type Template = MailContent['template'];

/** Changes to how someone signs in or what they may do, told to them so that a thief cannot do it unseen. */
export type AccountNotice =
  | 'second_factor_set_up'
  | 'second_factor_reset'
  | 'recovery_code_used'
  | 'recovery_codes_renewed'
  | 'passkey_added'
  | 'passkey_removed'
  | 'role_granted'
  | 'role_revoked';

/** Exactly one recipient. `nobody` is written like any other mail and then not sent (see sign-in). */
export type Recipient =
  | { readonly personId: string }
  | { readonly donorId: string }
  | { readonly address: string }
  | { readonly nobody: true };

export type MailRequest = MailContent & {
  readonly to: Recipient;
  readonly lang: Lang;
  /** After this many seconds the mail is not worth sending any more. Default three days. */
  readonly goodForSeconds?: number | undefined;
};
