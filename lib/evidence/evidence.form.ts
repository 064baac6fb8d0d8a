import { z } from 'zod';
import { day, localText, minorAmount, segmentCode, sha256, slug } from '../shared/form-parts';
import { MEASUREMENT_KINDS } from '../shared/measurement';

const code = z.string().min(3).max(60);

/** A file already in the store, described. */
export const documentForm = z
  .object({
    campaign: slug,
    segment: segmentCode.nullable(),
    kind: z.enum([
      'quote',
      'contract',
      'variation',
      'invoice',
      'acceptance_sheet',
      'test_result',
      'bank_slip',
      'consent',
      'filing',
      'report',
      'other',
    ]),
    title: localText,
    dated: day,
    pages: z.number().int().positive().nullable(),
    mediaType: z.string().min(3).max(100),
    sizeBytes: z.bigint().positive(),
    sha256,
    publicSha256: sha256.nullable(),
    visibility: z.enum(['public', 'redacted', 'withheld', 'internal']),
    withheldReason: z.string().trim().max(2000).nullable(),
    opensOn: day.nullable(),
  })
  .refine((form) => form.visibility !== 'withheld' || form.withheldReason, {
    error: 'reason_required',
    path: ['withheldReason'],
  });

export const photographForm = z.object({
  segment: segmentCode,
  stage: z.enum(['before', 'during', 'after', 'defect']),
  station: z.string().trim().min(1).max(40),
  takenOn: day,
  originalSha256: sha256,
  publicSha256: sha256,
  thumbSha256: sha256,
  widthPx: z.number().int().positive(),
  heightPx: z.number().int().positive(),
  caption: localText,
  illustrative: z.boolean(),
  capturedAt: z.iso.datetime().nullable(),
  latitudeE7: z.number().int().nullable(),
  longitudeE7: z.number().int().nullable(),
});

export const publishPhotographForm = z.object({ photograph: z.uuid(), on: day });

export const acceptanceForm = z.object({
  segment: segmentCode,
  sheet: code,
  lengthMm: z.number().int().positive(),
  widthMm: z.number().int().positive(),
  thicknessMm: z.number().int().positive(),
  result: z.enum(['accepted', 'rework']),
  remark: z.string().trim().max(2000).nullable(),
  on: day,
});

export const coverPhotographForm = z.object({
  photograph: z.uuid(),
  publicSha256: sha256,
  thumbSha256: sha256,
  widthPx: z.number().int().positive(),
  heightPx: z.number().int().positive(),
  count: z.number().int().min(1).max(50),
  on: day,
});

export const withholdDocumentForm = z
  .object({ document: code, reason: z.string().trim().min(1).max(2000), opensOn: day, on: day })
  .refine((form) => form.opensOn > form.on, { error: 'dates_out_of_order', path: ['opensOn'] });

export const redactDocumentForm = z.object({ document: code, publicSha256: sha256, on: day });

/** Values as stored: micrometres, or kilopascals for a strength. */
export const measurementForm = z.object({
  segment: segmentCode,
  kind: z.enum(MEASUREMENT_KINDS),
  station: z.string().trim().min(1, { error: 'required' }).max(40),
  valueMilli: minorAmount,
  requiredMilli: minorAmount.nullable(),
  report: code.nullable(),
  note: z.string().trim().max(2000).nullable(),
  on: day,
});
