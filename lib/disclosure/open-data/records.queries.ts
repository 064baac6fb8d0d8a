import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Reader } from '@/db/connect';
import type { Database } from '@/db/tables';
import type { CurrencyCode } from '../../shared/currencies';
import { toDecimal } from '../../shared/money';
import type { Field } from './fields.rules';
import type { Resource } from './resources';

/** A row as the API answers it: amounts as exact decimal text, everything else as JSON has it. */
export type PublicRecord = Readonly<Record<string, unknown>>;

export type RecordQuery = {
  readonly filters?: Readonly<Record<string, string>>;
  /** Key of the last row of the page before. */
  readonly after?: readonly string[];
  readonly limit: number;
};

type Row = Record<string, unknown>;

const KEY = '_key';
const PAGE = 2_000;

// Everything written raw here stands in resources.ts; what a reader sends is always a bound parameter.
const selectOf = (resource: Resource): RawBuilder<unknown> =>
  sql.raw(
    [
      ...Object.entries(resource.fields).map(([name, field]) => `${field.sql ?? name} as "${name}"`),
      `array[${resource.key.map(({ sql: part }) => `(${part})::text`).join(', ')}] as "${KEY}"`,
    ].join(', '),
  );

const orderOf = (resource: Resource): RawBuilder<unknown> =>
  sql.raw(resource.key.map(({ sql: part }) => part).join(', '));

const conditionOf = (text: string, value: string): RawBuilder<unknown> => {
  const [before = '', after = ''] = text.split('?');
  return sql`${sql.raw(before)}${value}${sql.raw(after)}`;
};

const select = async (
  resource: Resource,
  conditions: readonly RawBuilder<unknown>[],
  limit: number,
  db: Reader,
): Promise<Row[]> => {
  const fixed = resource.where === undefined ? [] : [sql.raw(resource.where)];
  const all = [...fixed, ...conditions];
  const where = all.length === 0 ? sql`` : sql`where ${sql.join(all, sql` and `)}`;
  const query = sql<Row>`select ${selectOf(resource)} from ${sql.raw(resource.from)} ${where}
    order by ${orderOf(resource)} limit ${limit}`;
  return (await query.execute(db as Kysely<Database>)).rows;
};

const present = (resource: Resource, row: Row): PublicRecord =>
  Object.fromEntries(
    Object.entries(resource.fields).map(([name, field]) => [
      name,
      presented(field, row[name], row['currency']),
    ]),
  );

const presented = (field: Field, value: unknown, currency: unknown): unknown => {
  if (value === null || value === undefined) return null;
  if (field.kind === 'amount') return toDecimal(value as bigint, currency as CurrencyCode);
  return typeof value === 'bigint' ? Number(value) : value;
};

/** A page of records in the order of their keys; `next` is the key to go on from, null at the end. */
export const recordPage = async (
  resource: Resource,
  { filters = {}, after, limit }: RecordQuery,
  db: Reader,
): Promise<{ records: PublicRecord[]; next: readonly string[] | null }> => {
  const conditions = Object.entries(filters).map(([name, value]) =>
    conditionOf(resource.filters[name]?.sql ?? 'false and ?::text is null', value),
  );
  if (after) {
    const values = resource.key.map(({ type }, index) => sql`${after[index] ?? ''}::${sql.raw(type)}`);
    conditions.push(sql`(${orderOf(resource)}) > (${sql.join(values)})`);
  }
  const rows = await select(resource, conditions, limit + 1, db);
  const shown = rows.slice(0, limit);
  return {
    records: shown.map((row) => present(resource, row)),
    next: rows.length > limit ? ((shown.at(-1)?.[KEY] as string[] | undefined) ?? null) : null,
  };
};

/** One record by its public number, or null. */
export const recordNamed = async (
  resource: Resource,
  id: string,
  db: Reader,
): Promise<PublicRecord | null> => {
  if (resource.one === undefined) return null;
  const [row] = await select(resource, [sql`${sql.raw(resource.one)} = ${id}`], 1, db);
  return row ? present(resource, row) : null;
};

/** Every record, in pages, so that a table of any length needs the memory of one page. */
export async function* allRecords(resource: Resource, db: Reader): AsyncGenerator<PublicRecord> {
  let after: readonly string[] | undefined;
  do {
    const page: Awaited<ReturnType<typeof recordPage>> = await recordPage(
      resource,
      { limit: PAGE, ...(after && { after }) },
      db,
    );
    yield* page.records;
    after = page.next ?? undefined;
  } while (after);
}
