import type { Refusal } from '@/lib/shared/refusal';

/** What went wrong on Stripe's side, for deciding what to do next. Never shown to people. */
export type Trouble =
  /** No answer: it may or may not have happened. The same key is safe for 24 hours. */
  | 'unreachable'
  /** Rate limit or lock: nothing was begun. Same key, later. */
  | 'busy'
  /** 5xx: may be kept under our key, with or without the work done. Look the object up, then use a new key. */
  | 'failed'
  | 'credentials'
  | 'not_found'
  /** Our key was used before with other parameters: a bug of ours, nothing happened. */
  | 'key_reused'
  /** Stripe understood and said no. */
  | 'rejected'
  /** Stripe's answer does not fit our tables (an unknown currency, a fraction of a minor unit). */
  | 'unreadable';

export type Untold = {
  readonly ok: false;
  readonly refusal: Refusal;
  readonly trouble: Trouble;
  readonly retryable: boolean;
  /** Whether the retry may use the same idempotency key without looking first. */
  readonly sameKey: boolean;
  readonly code: string | null;
  readonly requestId: string | null;
};

/** A value of Stripe's, or why there is none. Fits wherever a Result is expected. */
export type Provided<T> = { readonly ok: true; readonly value: T } | Untold;

/** Whether trying again can help, and how. */
export const RETRY: Readonly<Record<Trouble, { readonly retryable: boolean; readonly sameKey: boolean }>> = {
  unreachable: { retryable: true, sameKey: true },
  busy: { retryable: true, sameKey: true },
  failed: { retryable: true, sameKey: false },
  credentials: { retryable: false, sameKey: false },
  not_found: { retryable: false, sameKey: false },
  key_reused: { retryable: false, sameKey: false },
  rejected: { retryable: false, sameKey: false },
  unreadable: { retryable: false, sameKey: false },
};

/** Rejections that the person in front of the screen can do something about; the rest is ours to look into. */
export const refusalFor = (trouble: Trouble, code: string | null, param: string | null): Refusal => {
  if (trouble === 'not_found') return { name: 'not_found' };
  if (trouble === 'key_reused') return { name: 'idempotency_key_reused' };
  if (trouble === 'rejected') {
    if (code === 'email_invalid') return { name: 'address_invalid', field: 'email' };
    if (code === 'amount_too_small' || code === 'amount_too_large')
      return { name: 'invalid_input', details: { reason: code }, field: 'amount' };
    if (code?.startsWith('charge_')) return { name: 'invalid_input', details: { reason: code } };
    if (param === 'amount')
      return { name: 'invalid_input', details: { reason: 'amount_rejected' }, field: 'amount' };
  }
  return { name: 'payment_provider_unavailable', details: { reason: trouble } };
};
