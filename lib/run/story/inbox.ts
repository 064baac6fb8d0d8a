import { proposeAllocation } from '@/lib/allocations/allocation.commands';
import { proposeVariation } from '@/lib/contracts/variation.commands';
import { contractLines, DITCH } from './bill';
import { roadOf } from './maling';
import type { RoadStory } from './road-story';
import type { Scene } from './player';

/** The ditch of ML-17 becomes twenty metres longer, at the price of the contract to the yuan. */
const BEFORE_MINOR = 1_270_000n;
const MORE_MILLI = 20_000n;
const MORE_MINOR = 55_000n;

/** What lies in the approvals inbox at the end of the story, besides the two payments in works.ts. */
export const inboxScenes = ({ player, cast, maling, files }: RoadStory): Scene[] => [
  {
    on: '2024-06-27',
    order: 9000,
    play: async () => {
      await player.act(
        'ML-22-allocate-more',
        proposeAllocation,
        { segment: 'ML-22', amountMinor: 380_000n, note: '补足长寿巷预算。', on: '2024-06-27' },
        cast.zhou,
      );
    },
  },
  {
    on: '2024-06-28',
    order: 9001,
    play: async () => {
      const afterMinor = BEFORE_MINOR + MORE_MINOR;
      const lines = contractLines(roadOf(maling, 'ML-17'), BEFORE_MINOR).map((line, index) =>
        index + 1 === DITCH
          ? {
              ...line,
              quantityMilli: line.quantityMilli + MORE_MILLI,
              amountMinor: line.amountMinor + MORE_MINOR,
            }
          : line,
      );
      const document = await files.paper('variation', {
        segment: 'ML-17',
        on: '2024-06-28',
        contractor: 'CO-B',
        amountMinor: afterMinor,
        lines,
      });
      await player.act(
        'ML-17-variation',
        proposeVariation,
        {
          contract: 'C-ML-17-1',
          afterMinor,
          lines: [{ lineNo: DITCH, quantityMilli: MORE_MILLI, amountMinor: MORE_MINOR }],
          rationale: '村民要求把边沟接到石桥，雨季路面不积水。已到现场量过。',
          document,
          on: '2024-06-28',
        },
        cast.lin,
      );
    },
  },
];
