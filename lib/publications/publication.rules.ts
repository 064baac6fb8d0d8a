import { ok, refuse, type Result } from '../shared/result';
import { stateTable } from '../shared/state-table';

/** A report's life: written, looked at by a second person, published, and perhaps corrected by a later one. */
export const PUBLICATION_STATES = stateTable(
  'publication',
  ['draft', 'review', 'embargoed', 'published', 'corrected', 'withheld'],
  ['draft'],
  [
    ['draft', 'submit', 'review'],
    ['draft', 'withdraw', 'withheld'],
    ['review', 'return', 'draft'],
    ['review', 'publish', 'published'],
    ['review', 'embargo', 'embargoed'],
    ['embargoed', 'publish', 'published'],
    ['published', 'correct', 'corrected'],
  ],
);

/** Reports the books are asked for; news is only words. */
export const REPORT_KINDS = ['progress_report', 'annual_report', 'full_report', 'correction'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** A correction names what it corrects, and nothing else does; both belong to one campaign and the old one is out. */
export const decideCorrection = (
  kind: ReportKind,
  corrected: { readonly status: string; readonly sameCampaign: boolean } | null,
): Result<null> => {
  if (kind !== 'correction') return corrected === null ? ok(null) : refuse('invalid_input', {}, 'corrects');
  if (corrected === null || !corrected.sameCampaign) return refuse('not_found', {}, 'corrects');
  return corrected.status === 'published'
    ? ok(null)
    : refuse('illegal_state_change', { from: corrected.status });
};

/** Cells with fewer givers than this are not shown by themselves. */
export const SMALL_CELL = 5;

export type ChannelCell = { readonly channel: string; readonly gifts: number; readonly minor: bigint };

/** Gifts by the way they came; ways with fewer than five givers go into one line, so that nobody can be picked out. */
export const groupSmallCells = (cells: readonly ChannelCell[]): readonly ChannelCell[] => {
  const small = cells.filter((cell) => cell.gifts < SMALL_CELL);
  if (small.length === 0) return cells;
  const large = cells.filter((cell) => cell.gifts >= SMALL_CELL);
  // One small line alone would still be one way: it takes the smallest large one with it.
  const grouped =
    small.length === 1 && large.length > 0 ? [...small, ...large.toSorted(byGifts).slice(0, 1)] : small;
  return [
    ...cells.filter((cell) => !grouped.includes(cell)),
    {
      channel: 'other',
      gifts: grouped.reduce((sum, cell) => sum + cell.gifts, 0),
      minor: grouped.reduce((sum, cell) => sum + cell.minor, 0n),
    },
  ];
};
const byGifts = (a: ChannelCell, b: ChannelCell): number => a.gifts - b.gifts;
