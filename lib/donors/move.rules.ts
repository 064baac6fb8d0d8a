import { ok, refuse, type Result } from '../shared/result';

/** Where parts of a gift lie, as far as moving it is concerned. */
export type GiftPlace = {
  readonly class: string;
  readonly subject: string | null;
  readonly heldMinor: bigint;
};

export type MovePlan = {
  /** Roads the gift must leave first, with what it has there; empty when it may move at once. */
  readonly release: readonly { readonly segment: string; readonly amountMinor: bigint }[];
};

/**
 * May this gift go to another road, and what must happen first? Only whole and only while no contract has taken any of
 * it: designations are kept in every account, so a gift half built into one road cannot be for another.
 */
export const decideGiftMove = (
  places: readonly GiftPlace[],
  from: string | null,
  to: string | null,
): Result<MovePlan> => {
  if (from === to) return refuse('duplicate_submission', {}, 'designation');
  const held = places.filter((place) => place.heldMinor > 0n);
  if (held.some((place) => ['committed', 'certified', 'paid'].includes(place.class)))
    return refuse('gift_already_committed');
  const release = held.flatMap((place) =>
    place.class === 'allocated' && place.subject !== null && place.subject !== to
      ? [{ segment: place.subject, amountMinor: place.heldMinor }]
      : [],
  );
  if (release.length === 0 && !held.some((place) => ['unallocated', 'allocated'].includes(place.class)))
    return refuse('illegal_state_change', { event: 'move' });
  return ok({ release });
};
