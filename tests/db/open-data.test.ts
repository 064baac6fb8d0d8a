import type Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import AjvDraft4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { parse } from 'csv-parse/sync';
import { sql, type Kysely } from 'kysely';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '@/db/connect';
import type { Database } from '@/db/tables';
import { bytesOf, openFile } from '@/lib/disclosure/open-data/exports';
import { feedFile } from '@/lib/disclosure/open-data/feeds';
import { LEAST_IN_CELL } from '@/lib/disclosure/open-data/small-cells.rules';
import { openSnapshot, type Snapshot } from '@/lib/disclosure/open-data/snapshot';
import { TABLES } from '@/lib/disclosure/open-data/tables';
import { publicationVersion } from '@/lib/disclosure/version.queries';
import { contractData } from '../support/contract-data';
import { DISCLOSED, PUBLIC_WORDS } from '../support/disclosed';
import type { World } from '../support/people';
import { secretsOf } from '../support/secrets';
import { storyWorld } from '../support/story-world';

const SITE = 'https://shanlu.example.org';
const FILES = [
  'oc4ids.json',
  '360giving.json',
  'roads.geojson',
  'ledger.hledger',
  'ledger.beancount',
  'openapi.json',
  'datapackage.json',
  ...TABLES.flatMap(({ name }) => [`${name}.csv`, `${name}.schema.json`]),
];
const FEEDS = [
  'feeds/zh-Hans/campaigns/gen-hun-meng.atom',
  'feeds/en/roads/ML-07.atom',
  'feeds/zh-Hant/campaigns/gen-hun-meng.ics',
];

let world: World;
let publicDb: Kysely<Database>;
let snapshot: Snapshot;
const texts = new Map<string, string>();

const fileBytes = async (name: string): Promise<Buffer> => {
  const file = openFile(name, SITE) ?? feedFile(name, SITE);
  if (!file) throw new Error(`there is no ${name}`);
  const parts: Uint8Array[] = [];
  for await (const part of bytesOf(file, snapshot.db)) parts.push(part);
  return Buffer.concat(parts);
};
const rowsOf = (name: string): Record<string, string>[] =>
  parse(texts.get(`${name}.csv`) ?? '', { bom: true, columns: true });
const fen = (text: string | undefined): bigint => BigInt((text ?? '').replace('.', ''));
const total = (rows: readonly Record<string, string>[], column: string): bigint =>
  rows.reduce((sum, row) => sum + fen(row[column]), 0n);
const json = (name: string): unknown => JSON.parse(texts.get(name) ?? 'null');

beforeAll(async () => {
  world = await storyWorld();
  publicDb = connect(world.database.publicUrl, { max: 2 });
  snapshot = await openSnapshot(world.database.publicUrl);
  for (const name of [...FILES, ...FEEDS]) texts.set(name, (await fileBytes(name)).toString('utf8'));
}, 240_000);
afterAll(async () => {
  await snapshot.close();
  await publicDb.destroy();
  await world.close();
});

test('every export adds up to the ledger to the fen, all in one snapshot', async () => {
  const { rows } = await sql<{ class: string; minor: bigint }>`
    select class, sum(balance_minor)::bigint as minor from account_balance where book = 'purpose' group by class`.execute(
    world.owner,
  );
  const balance = (name: string): bigint => rows.find((row) => row.class === name)?.minor ?? 0n;
  const given = -balance('given');
  const certifiedAndPaid = balance('certified') + balance('paid');
  const assigned = balance('allocated') + balance('committed') + certifiedAndPaid;

  expect(total(rowsOf('gifts'), 'amount') + total(rowsOf('gift-totals'), 'amount')).toBe(given);
  expect(total(rowsOf('campaigns'), 'allocated_amount')).toBe(assigned);
  expect(total(rowsOf('segments'), 'allocated_amount')).toBe(assigned);
  const paid = rowsOf('payments').filter(({ status }) => status !== 'bounced');
  expect(total(paid, 'amount')).toBe(balance('paid'));

  const accounts = new Map<string, bigint>();
  for (const { credit_account: credit = '', debit_account: debit = '', amount } of rowsOf('postings')) {
    accounts.set(debit, (accounts.get(debit) ?? 0n) + fen(amount));
    accounts.set(credit, (accounts.get(credit) ?? 0n) - fen(amount));
  }
  const balances = await sql<{ code: string; balance_minor: bigint }>`
    select code, balance_minor from account_balance where balance_minor <> 0`.execute(world.owner);
  expect(new Map([...accounts].filter(([, minor]) => minor !== 0n))).toEqual(
    new Map(balances.rows.map((row) => [row.code, row.balance_minor])),
  );

  const decimals = (text: string, name: string): bigint =>
    [...text.matchAll(new RegExp(`"${name}":\\s*(-?\\d+\\.\\d{2})`, 'g'))].reduce(
      (sum, [, one]) => sum + fen(one),
      0n,
    );
  expect(decimals(texts.get('roads.geojson') ?? '', 'paid_amount')).toBe(balance('paid'));
  expect(decimals(texts.get('360giving.json') ?? '', 'amountAwarded')).toBe(assigned);
  expect(decimals(texts.get('360giving.json') ?? '', 'value')).toBe(balance('paid'));
  const { projects } = json('oc4ids.json') as {
    projects: { contractingProcesses?: { summary: { transactions?: { value: { amount: number } }[] } }[] }[];
  };
  const transactions = projects.flatMap((project) =>
    (project.contractingProcesses ?? []).flatMap(({ summary }) => summary.transactions ?? []),
  );
  expect(transactions.reduce((sum, { value }) => sum + BigInt(Math.round(value.amount * 100)), 0n)).toBe(
    balance('paid'),
  );
});

const schema = (...path: string[]): Record<string, unknown> =>
  JSON.parse(readFileSync(contractData('standards', ...path), 'utf8')) as Record<string, unknown>;

test('the OC4IDS package is valid, names no organisation that is not listed, and no negative amount', () => {
  const ajv = new AjvDraft4({ strict: false, allErrors: true });
  addFormats(ajv as unknown as Ajv);
  ajv.addSchema(schema('oc4ids', 'project-schema.json'));
  const validate = ajv.compile(schema('oc4ids', 'project-package-schema.json'));
  const pack = json('oc4ids.json') as { projects: { parties: { id: string }[] }[] };
  expect(validate(pack), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  expect(pack.projects.length).toBe(24);
  for (const project of pack.projects) {
    const listed = new Set(project.parties.map(({ id }) => id));
    const named = [...JSON.stringify(project).matchAll(/"id":"(ORG-[^"]+)"/g)].map(([, id = '']) => id);
    expect(named.filter((id) => !listed.has(id))).toEqual([]);
    expect(JSON.stringify(project)).not.toMatch(/"amount":-/);
  }
  expect(validate({ ...pack, version: '0.9.5' })).toBe(false);
});

test('the 360Giving package is valid', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  const grant = schema('360giving', '360-giving-schema.json');
  const address = { $schema: 'https://json-schema.org/draft/2020-12/schema' };
  const pack = schema('360giving', '360-giving-package-schema.json');
  // The package still points at the grant schema of the version before.
  const pointed = /"\$ref":\s*"(http[^"#]+)/.exec(JSON.stringify(pack))?.[1] ?? 'grant';
  ajv.addSchema({ ...grant, ...address, $id: pointed });
  const validate = ajv.compile({ ...pack, ...address });
  const grants = json('360giving.json');
  expect(validate(grants), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
});

test('the description of the API passes its linter', async () => {
  const config = await createConfig({
    extends: ['recommended'],
    rules: { 'no-server-example.com': 'off', 'operation-4xx-response': 'error' },
  });
  const problems = await lintFromString({ source: texts.get('openapi.json') ?? '', config });
  expect(
    problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer ?? ''}`),
  ).toEqual([]);
});

test('CSV tables have the columns of their schemas, and every cell is inert', () => {
  for (const { name } of TABLES) {
    const { fields } = json(`${name}.schema.json`) as {
      fields: { name: string; constraints: { required: boolean } }[];
    };
    const rows = rowsOf(name);
    expect(rows.length, name).toBeGreaterThan(0);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(fields.map((field) => field.name));
      for (const field of fields)
        if (field.constraints.required) expect(row[field.name], `${name}.${field.name}`).not.toBe('');
      for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+@]|\[object/);
    }
  }
});

test('nobody is shown who did not agree, and no group is smaller than five', async () => {
  const secrets = await secretsOf(world.owner);
  expect(secrets.length).toBeGreaterThan(0);
  for (const [name, text] of texts)
    for (const secret of secrets) expect(text.includes(secret), `${name}: ${secret}`).toBe(false);
  for (const { count } of rowsOf('gift-totals')) expect(Number(count)).toBeGreaterThanOrEqual(LEAST_IN_CELL);
  // Days, never seconds.
  for (const { name } of TABLES) expect(texts.get(`${name}.csv`), name).not.toMatch(/\d{2}:\d{2}:\d{2}/);
});

test('feeds and calendar have the shape their readers expect', () => {
  const atom = texts.get('feeds/zh-Hans/campaigns/gen-hun-meng.atom') ?? '';
  expect(atom.match(/<entry>/g)).toHaveLength(50);
  const ics = texts.get('feeds/zh-Hant/campaigns/gen-hun-meng.ics') ?? '';
  expect(ics.match(/BEGIN:VEVENT/g)).toHaveLength(rowsOf('duties').length);
  for (const line of ics.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
});

test('the version of published data counts each writing transaction once, and no other', async () => {
  const before = await publicationVersion(publicDb);
  await sql`update campaign set opens_on = opens_on`.execute(world.owner);
  expect(await publicationVersion(publicDb)).toBe(before + 1n);
  await sql`insert into rate_limit (key, full_until) values (decode(repeat('ab', 32), 'hex'), now())`.execute(
    world.owner,
  );
  expect(await publicationVersion(publicDb)).toBe(before + 1n);
  const { rows } = await sql<{ tables: number }>`
    select count(*)::int as tables from pg_trigger where tgname = 'count_publication'`.execute(world.owner);
  expect(rows[0]?.tables).toBeGreaterThan(25);
});

type Column = { readonly table: string; readonly column: string; readonly json: boolean };

const MARK = 'kanarienvogel';
/** What rows are found, joined and sorted by: words there would hide the rows, and nobody writes any. */
const CODES =
  /(^|_)(kind|status|subject|event|designation|currency|hash|id|book|format|route|flags|code|command|lang|zone|type|station|number|rule)$/;

/** Columns where people write words: texts without a list of allowed values, and texts in three languages. */
const wordColumns = async (admin: Kysely<Database>): Promise<readonly Column[]> =>
  (
    await sql<Column>`
      select c.relname as table, a.attname as column, t.typname in ('jsonb', 'local_text') as json
      from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      join pg_type t on t.oid = a.atttypid
      where c.relkind = 'r' and t.typname in ('text', 'jsonb', 'local_text')
        and c.relname not in ('migration_checksum', 'kysely_migration', 'kysely_migration_lock')
      order by 1, 2`.execute(admin)
  ).rows.filter(({ column }) => !CODES.test(column));

/** Writes the column's own mark into every row; false where the schema accepts no words there (codes, hashes, keys). */
const plant = async (admin: Kysely<Database>, column: Column): Promise<boolean> => {
  const name = sql.ref(column.column);
  // Shaped like an address of mail, so that columns for those take it too; each row has its own, for unique keys.
  const mark = sql`${`${MARK}.${column.table}.${column.column}.`} || translate(ctid::text, '(),', '..') || '@own.invalid'`;
  const value = column.json
    ? sql`case when jsonb_typeof(${name}::jsonb) = 'object' then
        (select jsonb_object_agg(w.key, case when jsonb_typeof(w.value) = 'string' then to_jsonb(${mark}) else w.value end)
         from jsonb_each(${name}::jsonb) w) else ${name}::jsonb end`
    : mark;
  try {
    const { numAffectedRows } = await sql`
      update ${sql.table(column.table)} set ${name} = ${value} where ${name} is not null`.execute(admin);
    return (numAffectedRows ?? 0n) > 0n;
  } catch {
    return false;
  }
};

// The last test of this file: it overwrites the whole story.
test('words written anywhere in the books surface in public only from these columns', async () => {
  const admin = connect(world.database.adminUrl, { max: 1 });
  const planted: string[] = [];
  // No trigger and no foreign key stands in the way; checks and unique keys still say where words may stand.
  await sql`set session_replication_role = replica`.execute(admin);
  for (const column of await wordColumns(admin))
    if (await plant(admin, column)) planted.push(`${column.table}.${column.column}`);
  expect(planted.length).toBeGreaterThan(50);
  expect(planted).toEqual(
    expect.arrayContaining(['donor.name', 'donor.email', 'person.email', 'person.name', 'bank_line.memo']),
  );

  const surfaced = new Set<string>();
  for (const view of Object.keys(DISCLOSED)) {
    const { rows } = await sql<{ mark: string }>`
      select distinct m[1] as mark from disclosure.${sql.ref(view)} v,
        regexp_matches(to_jsonb(v)::text, ${`${MARK}\\.([a-z_0-9]+\\.[a-z_0-9]+)\\.`}, 'g') m`.execute(admin);
    for (const { mark } of rows) surfaced.add(mark);
  }
  expect([...surfaced].sort()).toEqual([...PUBLIC_WORDS].sort());
  await admin.destroy();
});
