import { changeSegment } from '@/lib/segments/segment.commands';
import type { Cast } from './cast';
import type { StoryFiles } from './files';
import type { Maling } from './maling';
import type { Player } from './player';

/** What the scenes of the roads share. */
export type RoadStory = {
  readonly player: Player;
  readonly cast: Cast;
  readonly maling: Maling;
  readonly files: StoryFiles;
};

/** Moves a road on, as the inspector. */
export const moveRoad = async (
  { player, cast }: RoadStory,
  segment: string,
  event: 'start' | 'ask_inspection' | 'begin_warranty',
  on: string,
  warrantyUntil: string | null = null,
): Promise<void> => {
  await player.act(
    `${segment}-${event}-${on}`,
    changeSegment,
    { segment, event, on, reason: null, warrantyUntil },
    cast.he,
  );
};
