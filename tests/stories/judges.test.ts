import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { journal } from '@/lib/bookkeeping/journal';
import { playStory } from '@/lib/run/story/play';
import { debianTool, type DebianToolName } from '../support/debian-tool';
import { newWorld, type World } from '../support/people';
import { recordsOnly } from '../support/story-files';

// Two bookkeeping programs nobody here wrote check both books and come to our public numbers themselves.

let world: World;
let folder: string;

const written = async (format: 'hledger' | 'beancount'): Promise<string> => {
  const parts: string[] = [];
  for await (const part of journal(format, world.reader)) parts.push(part);
  const file = join(folder, `${format}.journal`);
  writeFileSync(file, parts.join('\n'));
  return file;
};

const run = async (tool: DebianToolName, args: string[]): Promise<string> => {
  const { path, env } = await debianTool(tool);
  return execFileSync(path, args, {
    env: { ...process.env, ...env, LC_ALL: 'C.UTF-8' },
    encoding: 'utf8',
    stdio: 'pipe',
  });
};

const judge = async (format: 'hledger' | 'beancount', file: string): Promise<string> =>
  format === 'hledger' ? run('hledger', ['-f', file, 'check', '-s']) : run('bean-check', [file]);

beforeAll(async () => {
  world = await newWorld();
  folder = mkdtempSync(join(tmpdir(), 'shanlu-judges-'));
  await playStory(world.db, world.staff, recordsOnly(world.staff), () => undefined);
}, 600_000);
afterAll(() => world.close());

test.each(['hledger', 'beancount'] as const)(
  '%s accepts the journal with our balances asserted',
  async (format) => {
    await judge(format, await written(format));
  },
);

test.each(['hledger', 'beancount'] as const)(
  '%s refuses the journal when one fen is wrong',
  async (format) => {
    const parts: string[] = [];
    for await (const part of journal(format, world.reader)) parts.push(part);
    const text = parts
      .join('\n')
      .replace(
        /^( +Expenses:Processing-fees\S* +)(\d+)\.(\d\d) CNY$/m,
        (_all, head: string, yuan: string, fen: string) =>
          `${head}${yuan}.${String((Number(fen) + 1) % 100).padStart(2, '0')} CNY`,
      );
    const file = join(folder, `wrong-${format}.journal`);
    writeFileSync(file, text);
    await expect(judge(format, file)).rejects.toThrow();
  },
);

test('hledger’s own balances are the public numbers to the fen', async () => {
  const file = await written('hledger');
  const balance = async (account: string): Promise<string> =>
    (
      await run('hledger', [
        '-f',
        file,
        'balance',
        account,
        '--depth',
        '3',
        '-N',
        '--flat',
        '--format',
        '%(total)',
      ])
    ).trim();
  const numbers = await world.owner
    .selectFrom('disclosure.campaign_numbers')
    .selectAll()
    .executeTakeFirstOrThrow();
  const yuan = (minor: bigint): string => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')} CNY`;
  expect(await balance('Equity:Purpose:Unallocated')).toBe(yuan(numbers.unallocated_minor));
  expect(await balance('Equity:Purpose:Paid')).toBe(yuan(numbers.paid_minor));
  expect(await balance('Equity:Purpose:Fees')).toBe(yuan(numbers.fees_minor));
  expect(await balance('Equity:Purpose:Given')).toBe(`-${yuan(numbers.received_minor)}`);
});
