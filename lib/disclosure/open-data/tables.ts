import type { Reader } from '@/db/connect';
import type { CsvCell, CsvColumn } from '../../shared/csv';
import type { FieldKind, Fields } from './fields.rules';
import { GIFT_TOTAL_FIELDS, giftTotals } from './gift-totals.queries';
import { ATTRIBUTION, LICENCE } from './licence';
import { allRecords, type PublicRecord } from './records.queries';
import { RESOURCES } from './resources';

/** One table of the open data: a CSV file, a sheet of the workbook, a resource of the data package. */
export type OpenTable = {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly fields: Fields;
  readonly key: readonly string[];
  readonly rows: (db: Reader) => AsyncIterable<PublicRecord>;
};

const KEYS: Readonly<Record<string, readonly string[]>> = {
  campaigns: ['slug'],
  entries: ['number'],
  postings: ['entry', 'line_no'],
  duties: ['campaign', 'due_on', 'kind'],
};

async function* totals(db: Reader): AsyncGenerator<PublicRecord> {
  yield* await giftTotals(db);
}

export const GIFT_TOTALS: OpenTable = {
  name: 'gift-totals',
  title: 'Gifts of donors who are not named',
  about: 'Sums of gifts by month and way of payment, in groups of at least five gifts.',
  fields: GIFT_TOTAL_FIELDS,
  key: [],
  rows: totals,
};

export const TABLES: readonly OpenTable[] = [
  ...RESOURCES.map((resource) => ({
    name: resource.name,
    title: resource.title,
    about: resource.about,
    fields: resource.fields,
    key: KEYS[resource.name] ?? ['code'],
    rows: (db: Reader) => allRecords(resource, db),
  })),
  GIFT_TOTALS,
];

export const tableNamed = (name: string): OpenTable | undefined =>
  TABLES.find((table) => table.name === name);

type FlatField = {
  readonly name: string;
  readonly kind: FieldKind;
  readonly optional: boolean;
  readonly about: string;
  readonly value: (row: PublicRecord) => unknown;
};

/** A table has no nested values: a text in three languages is three columns, a line is its GeoJSON text. */
const flatFields = (fields: Fields): FlatField[] =>
  Object.entries(fields).flatMap(([name, { kind, optional = false, about }]): FlatField[] =>
    kind === 'local'
      ? (['zh-Hans', 'zh-Hant', 'en'] as const).map((lang) => ({
          name: `${name}_${lang.toLowerCase().replace('-', '_')}`,
          kind: 'text' as const,
          optional,
          about: `${about} (${lang})`,
          value: (row) => (row[name] as Record<string, string> | null)?.[lang] ?? null,
        }))
      : [{ name, kind, optional, about, value: (row) => row[name] }],
  );

const CELL_KINDS: Readonly<Record<FieldKind, CsvColumn<PublicRecord>['kind']>> = {
  code: 'text',
  text: 'text',
  local: 'text',
  line: 'text',
  flag: 'text',
  amount: 'amount',
  integer: 'integer',
  day: 'date',
};

/** The columns of a table for the CSV and spreadsheet writers, which make every cell inert. */
export const columnsOf = ({ fields }: OpenTable): CsvColumn<PublicRecord>[] =>
  flatFields(fields).map(({ name, kind, value }) => ({
    name,
    kind: CELL_KINDS[kind],
    value: (row) => {
      const cell = value(row);
      if (cell === null || cell === undefined) return null;
      return kind === 'line' ? JSON.stringify(cell) : kind === 'flag' ? String(cell) : (cell as CsvCell);
    },
  }));

const TYPES: Readonly<Record<FieldKind, Readonly<Record<string, string>>>> = {
  code: { type: 'string' },
  text: { type: 'string' },
  local: { type: 'string' },
  line: { type: 'geojson', format: 'default' },
  flag: { type: 'boolean' },
  amount: { type: 'number' },
  integer: { type: 'integer' },
  day: { type: 'date' },
};

/** The table's schema (Frictionless Table Schema), beside the CSV file it describes. */
export const tableSchema = (table: OpenTable) => ({
  fields: flatFields(table.fields).map(({ name, kind, optional, about }) => ({
    name,
    ...TYPES[kind],
    description: about,
    constraints: { required: !optional },
  })),
  missingValues: [''],
  ...(table.key.length > 0 && { primaryKey: table.key }),
});

/** All tables with their schemas and terms (Frictionless Data Package). */
export const dataPackage = () => ({
  name: 'shanlu-open-data',
  title: 'Shanlu 善路: open data',
  licenses: [{ name: LICENCE.name, title: LICENCE.title, path: LICENCE.url }],
  contributors: [{ title: ATTRIBUTION, role: 'publisher' }],
  resources: TABLES.map((table) => ({
    name: table.name,
    title: table.title,
    description: table.about,
    path: `${table.name}.csv`,
    profile: 'tabular-data-resource',
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    schema: tableSchema(table),
  })),
});
