/** The question of a letter in the giver's words, as its page shows it. */
export type Question = {
  readonly lead: string;
  readonly reason: string;
  readonly instead: string;
  readonly deadline: string;
  /** Whether it may still be answered. */
  readonly open: boolean;
  /** What stands about the answer now. */
  readonly answered: { readonly title: string; readonly body: string };
};

/** What the page of a letter's question knows: nothing yet, that the link is none of ours, or the question. */
export type ConsentState =
  | { readonly kind: 'unread' }
  | { readonly kind: 'unknown'; readonly typed: string }
  | {
      readonly kind: 'asked';
      readonly token: string;
      readonly question: Question;
      /** Just answered. */
      readonly done: boolean;
      /** For one answer: pressing twice answers once. */
      readonly key: string;
    };

export const UNREAD: ConsentState = { kind: 'unread' };
