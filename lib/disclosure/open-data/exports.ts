import { Buffer } from 'node:buffer';
import type { Reader } from '@/db/connect';
import { hledgerEntry, beancountEntry, journalBalances, journalHead } from '../../bookkeeping/journal.rules';
import { xlsxFile, xlsxSheet } from '../../files/xlsx';
import { csvPieces } from '../../shared/csv';
import { exactJson, ExactNumber } from '../../shared/exact-json';
import { toDecimal } from '../../shared/money';
import type { CurrencyCode } from '../../shared/currencies';
import { journalFrame, publicJournal } from './journal.queries';
import { LICENCE } from './licence';
import { oc4idsFrame, oc4idsProject } from './oc4ids.rules';
import { openApi } from './openapi';
import { lastEntryDay, roadRecords } from './standards.queries';
import { columnsOf, dataPackage, TABLES, tableNamed, tableSchema } from './tables';
import { givingGrant } from './threesixty.rules';

/** One file of the open data: its name below /open-data/, its type, and its bytes from one snapshot. */
export type OpenFile = {
  readonly name: string;
  readonly mediaType: string;
  readonly pieces: (db: Reader) => AsyncIterable<string | Uint8Array>;
};

/** No road is public before the first entry; then the package is dated by the day the demo's rules began. */
const DAY_OF_NOTHING = '2023-01-01';

async function* once(value: string | Uint8Array): AsyncGenerator<string | Uint8Array> {
  yield await Promise.resolve(value);
}

const json = (value: unknown): string => `${exactJson(value, 2)}\n`;

/** The list is written element by element, so that the whole package never stands in memory. */
async function* listed(
  head: Record<string, unknown>,
  name: string,
  items: Iterable<unknown>,
): AsyncGenerator<string> {
  const opened = exactJson(head).slice(0, -1);
  yield `${opened}${opened === '{' ? '' : ','}${JSON.stringify(name)}:[`;
  let separator = '\n';
  for (const item of items) {
    yield await Promise.resolve(`${separator}${exactJson(item)}`);
    separator = ',\n';
  }
  yield '\n]}\n';
}

async function* oc4ids(publicUrl: string, db: Reader): AsyncGenerator<string> {
  const roads = await roadRecords(db);
  const publishedOn = (await lastEntryDay(db)) ?? DAY_OF_NOTHING;
  yield* listed(
    oc4idsFrame(publicUrl, publishedOn),
    'projects',
    roads.map((road) => oc4idsProject(road, publicUrl)),
  );
}

async function* giving(publicUrl: string, db: Reader): AsyncGenerator<string> {
  const grants = (await roadRecords(db)).flatMap((road) => givingGrant(road, publicUrl) ?? []);
  yield* listed({ license: LICENCE.url }, 'grants', grants);
}

/** RFC 7946: WGS 84, longitude first; `properties` hold the road's money as exact numbers. */
async function* geojson(publicUrl: string, db: Reader): AsyncGenerator<string> {
  const features = (await roadRecords(db)).map(({ segment }) => {
    const amount = (minor: bigint) => new ExactNumber(toDecimal(minor, segment.currency as CurrencyCode));
    return {
      type: 'Feature',
      id: segment.code,
      geometry: segment.geometry,
      properties: {
        code: segment.code,
        campaign: segment.campaign,
        name: segment.name,
        status: segment.status,
        length_mm: segment.length_mm,
        width_mm: segment.width_mm,
        thickness_mm: segment.thickness_mm,
        class: segment.road_class,
        surface: segment.surface,
        households: segment.households,
        privacy: segment.line_privacy,
        currency: segment.currency,
        budget_amount: amount(segment.budget_minor),
        allocated_amount: amount(segment.allocated_minor),
        committed_amount: amount(segment.committed_minor),
        certified_amount: amount(segment.certified_minor),
        paid_amount: amount(segment.paid_minor),
        url: `${publicUrl}/en/roads/${segment.code}`,
      },
    };
  });
  yield* listed({ type: 'FeatureCollection', license: LICENCE.url }, 'features', features);
}

async function* journal(format: 'hledger' | 'beancount', db: Reader): AsyncGenerator<string> {
  const { balances, first, last } = await journalFrame(db);
  if (first === null || last === null) return;
  yield `${journalHead(format, balances, first)}\n`;
  for await (const entry of publicJournal(db))
    yield `${format === 'hledger' ? hledgerEntry(entry) : beancountEntry(entry)}\n`;
  const after = new Date(Date.parse(`${last}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  yield `${journalBalances(format, balances, after)}\n`;
}

/** The public ledger as a workbook, a sheet for each table. Held in memory: Excel itself ends at a million rows. */
async function* workbook(db: Reader): AsyncGenerator<Uint8Array> {
  const sheets = [];
  for (const table of TABLES) {
    const rows = [];
    for await (const row of table.rows(db)) rows.push(row);
    sheets.push(xlsxSheet({ name: table.name, columns: columnsOf(table), rows }));
  }
  const createdAt = new Date(`${(await lastEntryDay(db)) ?? DAY_OF_NOTHING}T00:00:00Z`);
  yield xlsxFile(sheets, { title: 'Shanlu 善路: public ledger', createdAt });
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** Every file below /open-data/ that is not a feed; null when there is none of this name. */
export const openFile = (name: string, publicUrl: string): OpenFile | null => {
  const file = (mediaType: string, pieces: OpenFile['pieces']): OpenFile => ({ name, mediaType, pieces });
  switch (name) {
    case 'oc4ids.json':
      return file(JSON_TYPE, (db) => oc4ids(publicUrl, db));
    case '360giving.json':
      return file(JSON_TYPE, (db) => giving(publicUrl, db));
    case 'roads.geojson':
      return file('application/geo+json', (db) => geojson(publicUrl, db));
    case 'ledger.hledger':
      return file('text/plain; charset=utf-8', (db) => journal('hledger', db));
    case 'ledger.beancount':
      return file('text/plain; charset=utf-8', (db) => journal('beancount', db));
    case 'ledger.xlsx':
      return file('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', workbook);
    case 'openapi.json':
      return file(JSON_TYPE, () => once(json(openApi(publicUrl))));
    case 'datapackage.json':
      return file(JSON_TYPE, () => once(json(dataPackage())));
  }
  const [, table, kind] = /^([a-z-]+)\.(csv|schema\.json)$/.exec(name) ?? [];
  const found = table === undefined ? undefined : tableNamed(table);
  if (!found) return null;
  return kind === 'csv'
    ? file('text/csv; charset=utf-8; header=present', (db) => csvPieces(columnsOf(found), found.rows(db)))
    : file(JSON_TYPE, () => once(json(tableSchema(found))));
};

/** What `npm run export -- --format …` calls the files; `csv` takes a table, the postings if none is named. */
export const FORMATS: Readonly<Record<string, string>> = {
  oc4ids: 'oc4ids.json',
  '360giving': '360giving.json',
  geojson: 'roads.geojson',
  csv: 'postings.csv',
  hledger: 'ledger.hledger',
  beancount: 'ledger.beancount',
  xlsx: 'ledger.xlsx',
  openapi: 'openapi.json',
};

/** A file's pieces joined to about 64 kB each, as bytes. */
export async function* bytesOf(file: OpenFile, db: Reader): AsyncGenerator<Uint8Array> {
  let text = '';
  for await (const piece of file.pieces(db)) {
    if (typeof piece !== 'string') yield piece;
    else if ((text += piece).length >= 65_536) {
      yield Buffer.from(text);
      text = '';
    }
  }
  if (text !== '') yield Buffer.from(text);
}
