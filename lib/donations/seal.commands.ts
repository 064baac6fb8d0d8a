import type { CommandContext } from '../context';
import { commit, newSalt } from '../proof/commitment';
import type { LeafCommitments } from '../proof/leaf';
import { SEAL_DOMAIN } from './seal.rules';
import { forgetSealsOfDonor, giverOf, insertSeals, type Seal } from './seal.store';

/**
 * Commits to what the giver of a gift has told us, one fresh salt per field, and keeps what opens it where it can be
 * forgotten. `earlier` is what the gift was sealed with before (`sealsOf`). Answers the commitments for the gift's leaf; none for a gift whose giver is not known.
 */
export const sealGift = async (
  ctx: CommandContext,
  donation: { readonly id: string; readonly donorId: string | null },
  earlier: readonly Seal[],
): Promise<LeafCommitments | undefined> => {
  // A gift whose clearing was undone and that comes again is sealed already: the same commitments stand.
  if (earlier.length > 0) return commitmentsOf(earlier.filter((one) => one.value !== null));
  const giver = donation.donorId === null ? undefined : await giverOf(ctx.trx, donation.donorId);
  const seals = Object.entries(giver ?? {}).flatMap(([field, value]) =>
    value === null || value === '' ? [] : [{ field, value, salt: newSalt() }],
  );
  if (seals.length === 0) return undefined;
  await insertSeals(ctx.trx, donation.id, seals);
  return commitmentsOf(seals);
};

const commitmentsOf = (seals: readonly Seal[]): LeafCommitments =>
  Object.fromEntries(
    seals.map(({ field, value, salt }) => [field, commit(salt, SEAL_DOMAIN, field, value ?? '')]),
  );

/**
 * Part of forgetting a donor, whoever's name the gifts came under before a merge: values and salts of all their gifts
 * go. The schema refuses to call a donor erased while one of them is left.
 */
export const forgetSeals = (ctx: CommandContext, donorId: string): Promise<void> =>
  forgetSealsOfDonor(ctx.trx, donorId);
