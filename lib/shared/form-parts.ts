import { z } from 'zod';

/** Parts that forms of several modules share. Error texts are keys, never sentences: pages have the words. */
export const uuid = z.uuid({ error: 'uuid' });
export const day = z.iso.date({ error: 'date' });
export const minorAmount = z
  .bigint({ error: 'amount' })
  .positive({ error: 'amount_must_be_positive' })
  .max(9_223_372_036_854_775_807n, { error: 'amount_too_large' });
export const minorTotal = z.bigint({ error: 'amount' }).nonnegative({ error: 'amount' });
export const lang = z.enum(['zh-Hans', 'zh-Hant', 'en'], { error: 'language' });
const shortText = z.string().trim().min(1, { error: 'required' }).max(4000, { error: 'too_long' });
export const localText = z.object({ 'zh-Hans': shortText, 'zh-Hant': shortText, en: shortText });
export const reason = z.string().trim().min(1, { error: 'reason_required' }).max(2000, { error: 'too_long' });
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: 'hash' });
export const segmentCode = z.string().regex(/^[A-Z]{2,6}-[0-9]{2,4}$/, { error: 'segment_code' });
export const slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'slug' });
export const currency = z.string().regex(/^[A-Z]{3}$/, { error: 'currency_unknown' });
