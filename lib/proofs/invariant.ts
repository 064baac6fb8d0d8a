import type { proofs } from '../i18n/messages/proofs';

/** A proof without words for what it claims does not compile. */
export type ProofName = keyof (typeof proofs)['en'];

/** A statement about live data that must hold, as a query that counts the rows that offend it. */
export type Invariant = {
  /** What it claims stands in words under this name in lib/i18n/messages/proofs.ts. */
  readonly name: ProofName;
  /** Answers one number; zero is the only good one. */
  readonly sql: string;
};
