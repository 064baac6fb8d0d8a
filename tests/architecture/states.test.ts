import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { nextState, terminalStates, type StateTable } from '@/lib/shared/state-table';

type AnyTable = StateTable<string, string>;
const tables: { file: string; name: string; table: AnyTable }[] = [];

const rulesFiles = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((item) =>
    item.isDirectory()
      ? rulesFiles(join(folder, item.name))
      : item.name.endsWith('.rules.ts')
        ? [join(folder, item.name)]
        : [],
  );

beforeAll(async () => {
  for (const file of rulesFiles(join(process.cwd(), 'lib'))) {
    if (!readFileSync(file, 'utf8').includes('stateTable(')) continue;
    const loaded = (await import(/* @vite-ignore */ file)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(loaded))
      if (typeof value === 'object' && value !== null && 'edges' in value)
        tables.push({ file, name, table: value as AnyTable });
  }
});

test('the machines of DESIGN section 5 are all there', () => {
  const nouns = tables.map((one) => one.table.noun);
  for (const noun of ['pledge', 'donation', 'segment', 'allocation', 'contract', 'variation', 'disbursement'])
    expect(nouns).toContain(noun);
});

test('each edge leads where the table says, and every pair without an edge is refused', () => {
  let legal = 0;
  let illegal = 0;
  for (const { table } of tables) {
    const events = [...new Set(table.edges.map((edge) => edge.event))];
    for (const from of table.states)
      for (const event of events) {
        const edges = table.edges.filter((edge) => edge.from === from && edge.event === event);
        expect(edges.length, `${table.noun}: ${from} --${event}-->`).toBeLessThanOrEqual(1);
        expect(nextState(table, from, event)).toBe(edges[0]?.to ?? null);
        if (edges.length === 1) legal += 1;
        else illegal += 1;
      }
  }
  expect(legal).toBeGreaterThan(80);
  expect(illegal).toBeGreaterThan(legal);
});

test('every state can be reached from a beginning, and every state is known to the database', () => {
  const schema = readFileSync('db/schema.sql', 'utf8');
  for (const { table } of tables) {
    const reached = new Set<string>(table.initial);
    for (let grew = true; grew;) {
      grew = false;
      for (const edge of table.edges)
        if (reached.has(edge.from) && !reached.has(edge.to)) {
          reached.add(edge.to);
          grew = true;
        }
    }
    expect(
      table.states.filter((state) => !reached.has(state)),
      table.noun,
    ).toEqual([]);
    const check = new RegExp(`^${table.noun}: ${table.noun}_status_known (.*)$`, 'm').exec(schema)?.[1];
    if (check !== undefined)
      expect([...check.matchAll(/'([a-z_]+)'/g)].map((match) => match[1]).sort()).toEqual(
        [...table.states].sort(),
      );
  }
});

test('what is closed, cancelled or fulfilled for good leads nowhere', () => {
  const segment = tables.find((one) => one.table.noun === 'segment');
  expect(segment && terminalStates(segment.table)).toEqual(['closed', 'cancelled']);
});
