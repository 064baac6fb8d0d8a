import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type Stripe from 'stripe';

/** A Stripe object as it is kept: expandable fields hold the id only. */
export type Stored<T> = {
  [K in keyof T]: [Extract<NonNullable<T[K]>, { id: string }>] extends [never]
    ? T[K]
    : Extract<T[K], string | null | undefined>;
};

export type Session = Stored<Stripe.Checkout.Session>;
export type Intent = Stored<Stripe.PaymentIntent>;
export type Charge = Stored<Stripe.Charge>;
export type Refund = Stored<Stripe.Refund>;
export type Dispute = Stored<Stripe.Dispute>;
export type Payout = Stored<Stripe.Payout>;
export type Transaction = Stored<Stripe.BalanceTransaction>;
export type Customer = Stored<Stripe.Customer>;
export type Method = Stored<Stripe.PaymentMethod>;
export type Product = Stored<Stripe.Product>;
export type Price = Stored<Stripe.Price>;
export type LineItem = Stripe.LineItem;
export type StandinEvent = {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: unknown; previous_attributes?: Record<string, unknown> };
  livemode: boolean;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
};

/** How a payment method behaves here: what the donor's bank will say. */
export type Behaviour = {
  readonly id: string;
  readonly type: 'card' | 'alipay' | 'wechat_pay' | 'sepa_debit';
  readonly outcome: 'succeed' | 'decline' | 'authenticate' | 'later_succeed' | 'later_fail' | 'by_control';
  readonly declineCode?: string;
  readonly available?: 'now';
  readonly dispute?: 'inquiry' | 'fraudulent';
  readonly refund?: 'fail' | 'pending';
  readonly last4: string;
};

export type KeyRecord = {
  readonly id: string;
  readonly path: string;
  readonly parameters: string;
  readonly created: number;
  readonly requestId: string;
  readonly status: number;
  readonly body: string;
};

/** Something that happens by itself when the clock gets there. */
export type Task = {
  readonly id: string;
  readonly at: number;
  readonly act: string;
  readonly subject: string;
};

export type Kinds = {
  session: Session;
  intent: Intent;
  charge: Charge;
  refund: Refund;
  dispute: Dispute;
  payout: Payout;
  transaction: Transaction;
  event: StandinEvent;
  customer: Customer;
  method: Method;
  product: Product;
  price: Price;
  lines: { id: string; items: LineItem[] };
  behaviour: Behaviour;
  key: KeyRecord;
  task: Task;
  /** Which payout a balance transaction went out with. */
  paidOut: { id: string; payout: string };
  /** What a planted fault adds to, or changes in, the list of a payout. */
  fault: { id: string; payout: string; hide?: string; show?: Transaction };
  /** Single facts: seed, number of ids given out, clock offset. */
  fact: { id: string; value: string | number };
};
export type Kind = keyof Kinds;

export type Store = {
  put: <K extends Kind>(kind: K, value: Kinds[K]) => Kinds[K];
  get: <K extends Kind>(kind: K, id: string) => Kinds[K] | undefined;
  all: <K extends Kind>(kind: K) => Kinds[K][];
  drop: (kind: Kind, id: string) => void;
  /** Makes everything put since the last call survive the process. */
  keep: () => void;
};

/**
 * Objects in memory and, with a file, in a journal of one line per change. Whole lines are appended before an
 * answer leaves, so a killed stand-in still knows every object it has told anyone about; a torn last line is
 * dropped. The journal is rewritten without its history when it is opened.
 */
export const openStore = (file?: string): Store => {
  const kinds = new Map<Kind, Map<string, Kinds[Kind]>>();
  const of = (kind: Kind) => {
    const found = kinds.get(kind) ?? new Map<string, Kinds[Kind]>();
    kinds.set(kind, found);
    return found;
  };
  let unwritten: string[] = [];

  if (file !== undefined) {
    mkdirSync(dirname(file), { recursive: true });
    if (existsSync(file)) {
      for (const line of readFileSync(file, 'utf8').split('\n')) {
        const entry = parseLine(line);
        if (entry?.v !== undefined) of(entry.k).set(entry.v.id, entry.v);
        else if (entry?.d !== undefined) of(entry.k).delete(entry.d);
      }
      const lines = [...kinds].flatMap(([k, values]) =>
        [...values.values()].map((v) => JSON.stringify({ k, v })),
      );
      writeFileSync(`${file}.new`, lines.map((line) => `${line}\n`).join(''));
      renameSync(`${file}.new`, file);
    }
  }

  return {
    put: (kind, value) => {
      of(kind).set(value.id, value);
      if (file !== undefined) unwritten.push(JSON.stringify({ k: kind, v: value }));
      return value;
    },
    get: <K extends Kind>(kind: K, id: string) => of(kind).get(id) as Kinds[K] | undefined,
    all: <K extends Kind>(kind: K) => [...of(kind).values()] as Kinds[K][],
    drop: (kind, id) => {
      of(kind).delete(id);
      if (file !== undefined) unwritten.push(JSON.stringify({ k: kind, d: id }));
    },
    keep: () => {
      if (file === undefined || unwritten.length === 0) return;
      appendFileSync(file, `${unwritten.join('\n')}\n`);
      unwritten = [];
    },
  };
};

const parseLine = (line: string): { k: Kind; v?: Kinds[Kind]; d?: string } | null => {
  if (line === '') return null;
  try {
    return JSON.parse(line) as { k: Kind; v?: Kinds[Kind]; d?: string };
  } catch {
    return null;
  }
};
