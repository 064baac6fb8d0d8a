/** A statement about live data that must hold, as a query that counts the rows that offend it. */
export type Invariant = {
  readonly name: string;
  /** In words, for staff and for the public page (other languages: lib/i18n/messages/proofs.ts). */
  readonly says: string;
  /** Answers one number; zero is the only good one. */
  readonly sql: string;
};
