import { z } from 'zod';
import { day, localText, reason, sha256, slug, uuid } from '../shared/form-parts';

const month = z.string().regex(/^\d{4}-\d{2}$/, { error: 'month' });

/** Preparing a month to be closed and closing it: both by the hash of the figures that were seen. */
export const periodForm = z.object({ campaign: slug, month, seenHash: sha256, on: day });

export const proposeReopeningForm = z.object({
  campaign: slug,
  month,
  reason,
  /** Shown in public once a second person approves. */
  publicText: localText,
  on: day,
});
export const approveReopeningForm = z.object({ reopening: uuid, seenHash: sha256, on: day });
