import { staffIdOf } from '../auth/roles.rules';
import { z } from 'zod';
import { defineCommand } from '../context';
import { nameKeys } from '../shared/name-key';
import { ok, refuse } from '../shared/result';
import { duplicateReasons } from './duplicates.rules';
import { apartForm, endMergeForm, mergeForm } from './giver.form';
import {
  endMergeRow,
  insertApart,
  insertMerge,
  lockGivers,
  namesWithoutKeys,
  putKeys,
  standsUnder,
} from './merge.store';

/**
 * Joins two records of one giver. Neither row changes: gifts, promises, consents and receipts stay where they are, so
 * that taking the two apart again loses nothing. The signs by which they were thought one are kept with the join.
 */
export const mergeDonors = defineCommand({
  name: 'donor.merge',
  permission: 'donor:merge',
  events: ['donors_merged'],
  input: mergeForm,
  run: async (ctx, input) => {
    const by = staffIdOf(ctx.actor);
    if (by === null) return refuse('not_permitted');
    const [one, two] = await lockGivers(ctx.trx, [input.keptId, input.mergedId]);
    if (!one || !two || one.erased || two.erased) return refuse('not_found');
    if ((await standsUnder(ctx.trx, input.mergedId)) || (await standsUnder(ctx.trx, input.keptId)))
      return refuse('duplicate_submission');
    const reasons = duplicateReasons(one, two);
    const id = await insertMerge(ctx.trx, { ...input, reasons, by });
    ctx.record({
      event: 'donors_merged',
      subjectKind: 'donor',
      subjectId: input.keptId,
      details: { merged: input.mergedId, merge: id, reasons: reasons.join(' ') },
    });
    return ok({ mergeId: id });
  },
});

/** Takes two records apart that were joined by mistake. */
export const endMerge = defineCommand({
  name: 'donor.end_merge',
  permission: 'donor:merge',
  events: ['donors_taken_apart'],
  input: endMergeForm,
  run: async (ctx, input) => {
    const by = staffIdOf(ctx.actor);
    if (by === null) return refuse('not_permitted');
    if (!(await endMergeRow(ctx.trx, input.mergeId, { by, at: ctx.now, reason: input.reason })))
      return refuse('not_found');
    ctx.record({ event: 'donors_taken_apart', subjectKind: 'donor_merge', subjectId: String(input.mergeId) });
    return ok({ mergeId: input.mergeId });
  },
});

/** Someone looked and these are two people: the pair is not suggested again. */
export const keepApart = defineCommand({
  name: 'donor.keep_apart',
  permission: 'donor:merge',
  events: ['donors_kept_apart'],
  input: apartForm,
  run: async (ctx, input) => {
    const by = staffIdOf(ctx.actor);
    if (by === null) return refuse('not_permitted');
    if (!(await insertApart(ctx.trx, [input.aId, input.bId], by))) return refuse('duplicate_submission');
    ctx.record({
      event: 'donors_kept_apart',
      subjectKind: 'donor',
      subjectId: input.aId,
      details: { other: input.bId },
    });
    return ok({ aId: input.aId });
  },
});

const AT_ONCE = 500;

/** Makes the keys by which names in different scripts are compared. Refuses `not_found` when none are missing. */
export const makeNameKeys = defineCommand({
  name: 'donor.make_name_keys',
  permission: 'donor:keys',
  events: ['name_keys_made'],
  input: z.object({}),
  run: async (ctx) => {
    const names = await namesWithoutKeys(ctx.trx, AT_ONCE);
    if (names.length === 0) return refuse('not_found');
    for (const { id, name } of names) await putKeys(ctx.trx, { id, name, ...(await nameKeys(name)) });
    ctx.record({
      event: 'name_keys_made',
      subjectKind: 'donor',
      subjectId: names[0]?.id ?? '',
      details: { names: names.length },
    });
    return ok({ made: names.length });
  },
});
