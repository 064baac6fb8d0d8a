import { z } from 'zod';
import { GRIDS } from './chinese-grid.rules';
import { day, localText, minorAmount, reason, segmentCode, slug } from '../shared/form-parts';

const longitude = z.number().min(-180).max(180);
const latitude = z.number().min(-90).max(90);

/** GeoJSON LineString (RFC 7946 section 3.1.4), WGS 84, longitude first. */
export const lineString = z.object({
  type: z.literal('LineString'),
  coordinates: z
    .array(z.tuple([longitude, latitude]))
    .min(2)
    .max(2000),
});
export type LineString = z.infer<typeof lineString>;

export const segmentForm = z.object({
  campaign: slug,
  code: segmentCode,
  name: localText,
  location: localText.nullable(),
  lengthMm: z.number().int().min(1000).max(100_000_000),
  widthMm: z.number().int().min(500).max(50_000),
  geometry: lineString,
});

/** One line of the bill of quantities (工程量清单). */
export const budgetLineForm = z.object({
  item: localText,
  unit: z.string().trim().min(1).max(20),
  quantityMilli: z.bigint().positive(),
  amountMinor: minorAmount,
});

export const budgetForm = z.object({
  segment: segmentCode,
  lines: z.array(budgetLineForm).min(1).max(500),
  reason: z.string().trim().max(2000).nullable(),
  on: day,
});

export const budgetDecisionForm = z.object({
  segment: segmentCode,
  version: z.number().int().positive(),
  seenHash: z.string(),
  on: day,
});

export const segmentMoveForm = z.object({
  segment: segmentCode,
  event: z.enum([
    'start',
    'ask_inspection',
    'ask_rework',
    'begin_warranty',
    'close',
    'suspend',
    'resume_approved',
    'resume_funded',
    'resume_contracted',
    'resume_in_progress',
    'resume_inspection',
    'resume_rework',
    'cancel',
  ]),
  on: day,
  reason: reason.nullable(),
  warrantyUntil: day.nullable(),
});

/** A file of roads as text, with the grid its coordinates were taken in. */
export const segmentImportForm = z.object({
  campaign: slug,
  grid: z.enum(GRIDS, { error: 'required' }),
  file: z.string().min(2).max(4_000_000, { error: 'too_long' }),
});
