import { proposeAllocation } from '@/lib/allocations/allocation.commands';
import { proposeVariation } from '@/lib/contracts/variation.commands';
import type { RoadStory } from './road-story';
import type { Scene } from './player';

/** What lies in the approvals inbox at the end of the story, besides the two payments in works.ts. */
export const inboxScenes = ({ player, cast, files }: RoadStory): Scene[] => [
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
      const document = await files.paper('variation', {
        segment: 'ML-17',
        on: '2024-06-28',
        contractor: 'CO-B',
        amountMinor: 55_000n,
      });
      await player.act(
        'ML-17-variation',
        proposeVariation,
        {
          contract: 'C-ML-17-1',
          afterMinor: 1_325_000n,
          rationale: '村民要求把边沟接到石桥，雨季路面不积水。已到现场量过。',
          document,
          on: '2024-06-28',
        },
        cast.lin,
      );
    },
  },
];
