import type { LocalText } from '@/db/tables';
import type { Road } from './maling';

export type PaperLine = {
  readonly item: LocalText;
  readonly unit: string | null;
  readonly quantityMilli: bigint | null;
  readonly amountMinor: bigint;
};

export type PaperFacts = {
  readonly segment: string;
  readonly on: string;
  readonly contractor: string | null;
  readonly amountMinor: bigint | null;
  /** What the amount is made of, when it is not one price. */
  readonly lines?: readonly PaperLine[];
  /** What an acceptance measured. */
  readonly surface?: { readonly thicknessMm: number; readonly accepted: boolean };
  /** Names people: only its hash is public until a copy with those places covered has been made. */
  readonly namesPeople?: boolean;
};

export type PaperKind = 'quote' | 'contract' | 'variation' | 'invoice' | 'acceptance_sheet';

/** The story's papers and pictures: each call files one and answers its number. */
export type StoryFiles = {
  readonly paper: (kind: PaperKind, facts: PaperFacts) => Promise<string>;
  /** Keeps a bank statement as it was handed in. */
  readonly statement: (bytes: Buffer) => Promise<void>;
  /** Begins to draw at once, beside everything else; what it answers files the picture when its day has come. */
  readonly picture: (road: Road, stage: 'before' | 'during' | 'after', on: string) => () => Promise<void>;
};
