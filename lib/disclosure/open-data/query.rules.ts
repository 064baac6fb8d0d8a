import { z } from 'zod';
import { unstorableAt } from '../../shared/storable';
import type { Resource } from './resources';

export const LIMIT = { least: 1, usual: 100, most: 500 } as const;

const SHAPES = {
  text: z
    .string()
    .min(1)
    .max(80)
    .refine((text) => unstorableAt(text) === null, { error: 'no text' }),
  day: z.iso.date(),
  amount: z.string().regex(/^\d{1,15}$/),
} as const;

/** The parameters of a list: those that narrow it, and how it is paged. Anything else is refused by name. */
export const querySchema = (resource: Resource): z.ZodObject =>
  z.strictObject({
    ...Object.fromEntries(
      Object.entries(resource.filters).map(([name, { shape, about }]) => [
        name,
        SHAPES[shape].optional().describe(about),
      ]),
    ),
    limit: z.coerce
      .number()
      .int()
      .min(LIMIT.least)
      .max(LIMIT.most)
      .default(LIMIT.usual)
      .describe('Most records of one page.'),
    after: z
      .string()
      .max(200)
      .optional()
      .describe('Where the page before ended; take it from `next`, it has no meaning of its own.'),
  });

/** A cursor is the key of the last record shown, so that page ten thousand costs what page one does. */
export const writeCursor = (key: readonly string[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

const KEY_SHAPES = { text: /^[^\0]{1,100}$/, bigint: /^\d{1,18}$/, integer: /^\d{1,9}$/ } as const;

/** Null when this is no cursor of this list. */
export const readCursor = (text: string, { key }: Pick<Resource, 'key'>): readonly string[] | null => {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const parsed = z.array(z.string()).length(key.length).safeParse(value);
    if (!parsed.success) return null;
    return key.every(({ type }, index) => KEY_SHAPES[type].test(parsed.data[index] ?? ''))
      ? parsed.data
      : null;
  } catch {
    return null;
  }
};
