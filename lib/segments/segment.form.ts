import { z } from 'zod';
import { GRIDS } from './chinese-grid.rules';
import { HOUSEHOLDS_MAX, LINE_PRIVACIES, ROAD_CLASSES, SURFACES, THICKNESS_MM } from '../shared/road-facts';
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

const widthMm = z
  .number({ error: 'number' })
  .int()
  .min(500, { error: 'number' })
  .max(50_000, { error: 'number' });
const thicknessMm = z
  .number({ error: 'number' })
  .int()
  .min(THICKNESS_MM.least)
  .max(THICKNESS_MM.most)
  .nullable();
const roadClass = z.enum(ROAD_CLASSES).nullable();
const surface = z.enum(SURFACES).nullable();
const households = z.number({ error: 'number' }).int().min(0).max(HOUSEHOLDS_MAX).nullable();
const linePrivacy = z.enum(LINE_PRIVACIES);

export const segmentForm = z.object({
  campaign: slug,
  code: segmentCode,
  name: localText,
  location: localText.nullable(),
  lengthMm: z.number().int().min(1000).max(100_000_000),
  widthMm,
  thicknessMm: thicknessMm.default(null),
  roadClass: roadClass.default(null),
  surface: surface.default(null),
  households: households.default(null),
  linePrivacy: linePrivacy.default('exact'),
  geometry: lineString,
});

/** A changed line or changed facts of a road, against the version a person has seen. */
export const segmentRevisionForm = z.object({
  segment: segmentCode,
  seenVersion: z.number().int().positive(),
  /** As drawn or typed; the rules of lines say what is wrong with it. Null leaves the line as it is. */
  line: z
    .array(z.tuple([z.number(), z.number()]))
    .max(2000)
    .nullable(),
  widthMm,
  thicknessMm,
  roadClass,
  surface,
  households,
  linePrivacy,
  reason,
  on: day,
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
