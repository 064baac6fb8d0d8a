import { z } from 'zod';
import { day, localText, minorAmount, segmentCode, slug } from '../shared/form-parts';
import { personName } from './giver.form';

export const hallEventForm = z.object({ slug, campaign: slug, name: localText, heldOn: day });

/** Cards that one helper types in one go. */
export const BATCH_MAX = 50;

/** One paper card, as its giver filled it in. Naming somebody in public needs the cross they made for it. */
export const cardForm = z.object({
  name: personName.nullable(),
  phone: z
    .string()
    .regex(/^[+()\d][-+()\d\s./]{3,38}$/, { error: 'phone' })
    .nullable(),
  amountMinor: minorAmount,
  road: segmentCode.nullable(),
  mayBeNamed: z.boolean(),
  dueOn: day,
});

export const batchForm = z.object({
  event: slug,
  /** Counted and added up by hand before typing. */
  cardCount: z.number().int().min(1).max(BATCH_MAX),
  totalMinor: minorAmount,
  cards: z.array(cardForm).min(1).max(BATCH_MAX),
  on: day,
});
