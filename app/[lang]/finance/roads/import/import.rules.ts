/** One road of a file as the preview shows it. */
export type SeenRoad = {
  readonly code: string;
  readonly name: string;
  readonly widthMm: number;
  readonly statedMm: number | null;
  readonly lengthMm: number;
  /** Class, surface, thickness and households in the reader's language. */
  readonly facts: string;
  readonly points: number;
  /** Why it cannot be taken, in the reader's language. */
  readonly problem: string | null;
};

export type ImportState = {
  readonly message: string | null;
  /** Whether what is wrong is the uploaded file as such; then it is said beside it too. */
  readonly atUpload: boolean;
  readonly roads: readonly SeenRoad[] | null;
  readonly file: string;
  /** How many uploads were read so far: each new one takes the place of what stood in the field of text. */
  readonly uploads: number;
  readonly grid: string | null;
  readonly campaign: string;
};
