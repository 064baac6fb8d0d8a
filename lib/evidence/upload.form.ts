import { z } from 'zod';
import { day, segmentCode } from '../shared/form-parts';

/** Where, when and of what a photograph is, as the inspector's page tells it. */
export const photographFacts = z.object({
  segment: segmentCode,
  stage: z.enum(['before', 'during', 'after']),
  station: z.string().trim().min(1).max(40),
  on: day,
  capturedAt: z.iso.datetime().nullable(),
  place: z
    .object({
      latitudeE7: z.number().int().min(-900_000_000).max(900_000_000),
      longitudeE7: z.number().int().min(-1_800_000_000).max(1_800_000_000),
    })
    .nullable(),
});
