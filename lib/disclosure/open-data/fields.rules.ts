import { z } from 'zod';

/** What a field holds decides how it is written everywhere: JSON, CSV, spreadsheet, table schema. */
export type FieldKind = 'code' | 'text' | 'local' | 'amount' | 'integer' | 'day' | 'flag' | 'line';

export type Field = {
  readonly kind: FieldKind;
  /** Expression over the columns of the resource's view; the field's own name when left out. */
  readonly sql?: string;
  readonly optional?: true;
  readonly about: string;
};

export type Fields = Readonly<Record<string, Field>>;

const LOCAL = z
  .object({ 'zh-Hans': z.string(), 'zh-Hant': z.string(), en: z.string() })
  .meta({ id: 'LocalText', description: 'The same text in each language of the site.' });

const POSITION = z.array(z.number()).min(2).max(3);

const SCHEMAS: Readonly<Record<FieldKind, z.ZodType>> = {
  code: z.string().min(1),
  text: z.string(),
  local: LOCAL,
  amount: z.string().regex(/^-?\d+(?:\.\d+)?$/),
  integer: z.int(),
  day: z.iso.date(),
  flag: z.boolean(),
  line: z.object({ type: z.literal('LineString'), coordinates: z.array(POSITION).min(2) }),
};

/** The schema of one row as the API answers it. Amounts are exact decimal text in the row's currency. */
export const rowSchema = (fields: Fields): z.ZodObject =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(fields).map(([name, { kind, optional, about }]) => {
        const schema = optional ? SCHEMAS[kind].nullable() : SCHEMAS[kind];
        return [name, schema.describe(about)];
      }),
    ),
  );
