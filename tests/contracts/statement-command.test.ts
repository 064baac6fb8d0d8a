import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Facts } from '@/lib/reconciliation/statement/facts.rules';
import { contractData } from '../support/contract-data';
import { differences, expectedStatements, withExpectedCurrency } from './statement-expectations';

type Ran = { readonly code: number; readonly out: string; readonly err: string };

/** Runs what `npm run statement` runs. */
const statement = (...args: string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const command = ['--conditions=react-server', '--import', 'tsx', 'lib/run/statement.ts', ...args];
    execFile(
      process.execPath,
      command,
      { env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '' } },
      (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
      },
    );
  });

const folder = mkdtempSync(join(tmpdir(), 'statement-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** One file with content of each format in the collection: the whole collection is read in statements.test.ts. */
const onePerFormat = (): ReturnType<typeof expectedStatements> => {
  const seen = new Set<string>();
  return expectedStatements().filter(([path, facts]) => {
    const kind = String(facts['format'] ?? path.split('/').slice(0, 3).join('/')).slice(0, 8);
    const entries = JSON.stringify(facts);
    if (seen.has(kind) || entries.includes('"statements":[]') || entries.includes('"transactions":0'))
      return false;
    seen.add(kind);
    return true;
  });
};

describe('npm run statement', () => {
  it.each(onePerFormat())('prints the expected facts of %s', async (path, expected) => {
    const { code, out } = await statement(contractData(path), '--json');
    expect(code).toBe(0);
    expect(differences(withExpectedCurrency(JSON.parse(out) as Facts, expected), expected)).toEqual([]);
  });

  it('refuses with reason and line, exit code 1, in the reader’s language', async () => {
    const path = file(
      'broken.dat',
      '<?xml version="1.0"?>\n<Document><BkToCstmrStmt>\n<Stmt></BkToCstmrStmt></Document>',
    );
    const json = await statement(path, '--json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      statements: [],
      refused: { reason: 'xml_not_well_formed', line: 3 },
    });
    const shown = await statement(path, '--lang', 'zh-Hant');
    expect(shown.code).toBe(1);
    expect(shown.out).toContain('第 3 行');
  });

  it('shows good lines beside bad ones, and takes the currency and date order it is told', async () => {
    const path = file('a.txt', 'Date,Text,Amount\n02/03/2024,Gift,-10.00\n03/03/2024,Gift,ten\n');
    const { code, out } = await statement(path, '--currency', 'hkd', '--date-order', 'dmy');
    expect(code).toBe(0);
    expect(out).toMatch(/HKD\s+in 0 × = 0\s+out 1 × = 10\.00/u);
    expect(out).toContain('line 3: The amount is not a number.');
  });

  it('answers a wrong command with its usage, exit code 2', async () => {
    for (const args of [[], ['a', 'b'], ['x', '--date-order', 'ydm'], ['x', '--nonsense']]) {
      const { code, err } = await statement(...args);
      expect(code).toBe(2);
      expect(err).toContain('npm run statement');
    }
    expect((await statement(join(folder, 'absent'))).code).toBe(2);
  });
});
