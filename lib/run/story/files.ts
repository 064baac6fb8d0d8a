import type { Road } from './maling';

export type PaperFacts = {
  readonly segment: string;
  readonly on: string;
  readonly contractor: string | null;
  readonly amountMinor: bigint | null;
};

export type PaperKind = 'quote' | 'contract' | 'variation' | 'invoice' | 'acceptance_sheet';

/** The story's papers and pictures: each call files one and answers its number. */
export type StoryFiles = {
  readonly paper: (kind: PaperKind, facts: PaperFacts) => Promise<string>;
  /** Begins to draw at once, beside everything else; what it answers files the picture when its day has come. */
  readonly picture: (road: Road, stage: 'before' | 'during' | 'after', on: string) => () => Promise<void>;
};
