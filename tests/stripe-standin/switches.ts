/** How the API misbehaves, for as long as `left` lasts (Infinity: until switched off). */
export type Trouble = {
  readonly kind:
    /** Answers with an error before anything is begun: the key stays unused. */
    | 'refuse'
    /** Keeps a 500 under the idempotency key; `worked` says whether the work was done all the same. */
    | 'stored_500'
    /** Accepts the request and never answers; `worked` says whether the work is done. */
    | 'black_hole'
    /** Answers after `delayMs`; the key counts as in use meanwhile. */
    | 'slow';
  /** 500, 503, 429 (rate limit) or 409/429 with `code: 'lock_timeout'`. */
  readonly status?: number;
  readonly code?: 'rate_limit' | 'lock_timeout';
  readonly worked?: boolean;
  readonly delayMs?: number;
  /** Only paths that start so; all of /v1 by default. */
  readonly path?: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Share of the matching calls that are hit, by the seed. */
  readonly share?: number;
  left: number;
};

/** How webhooks reach the product, or fail to. */
export type Delivery = {
  /** Events are kept back until `resume` or `release`. */
  paused: boolean;
  /** Waits this long before each first attempt. */
  lateMs: number;
  /** Each event is sent this many times in all, the copies at the same moment. */
  copies: number;
  /** Events are gathered in groups of this size and sent in an order chosen by the seed; 1 keeps the order. */
  shuffle: number;
  /** Share of events that never go out at all (they stay in the event list). */
  lose: number;
  /** Share of attempts that are spoiled, and how. */
  tamper: number;
  tamperKind: 'body' | 'secret' | 'stale' | 'no_header' | 'old_scheme';
  /** Waits between attempts; Stripe's three days, shortened. */
  retryMs: readonly number[];
  timeoutMs: number;
};

export type Switches = { troubles: Trouble[]; delivery: Delivery };

export const quietDelivery = (): Delivery => ({
  paused: false,
  lateMs: 0,
  copies: 1,
  shuffle: 1,
  lose: 0,
  tamper: 0,
  tamperKind: 'body',
  retryMs: [250, 1_000, 4_000, 15_000, 60_000],
  timeoutMs: 10_000,
});
