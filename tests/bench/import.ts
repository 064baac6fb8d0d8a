import { createHash } from 'node:crypto';
import { newBenchWorld } from './log-world';

const seconds = (since: number): number => Math.round((performance.now() - since) / 10) / 100;

/** How long a statement of 100,000 lines takes to be read and stored, and the same file once more; `--lines` shortens it. */
export const benchImport = async (args: readonly string[]): Promise<Record<string, unknown>> => {
  const at = args.indexOf('--lines');
  const lines = at < 0 ? 100_000 : Number(args[at + 1]);
  const world = await newBenchWorld();
  try {
    const { runCommand } = await import('@/lib/command');
    const { createCampaign } = await import('@/lib/campaigns/campaign.commands');
    const { openBankAccount } = await import('@/lib/reconciliation/account.commands');
    const { handInStatement } = await import('@/lib/reconciliation/statement/import.commands');
    const { runImport } = await import('@/lib/reconciliation/statement/import.flow');
    const { campaignForm, must, person, same } = await import('../db/donations-kit');
    const setup = { kind: 'system', name: 'setup' } as const;
    const { db } = world;
    must(await runCommand(createCampaign, campaignForm(), setup, { key: 'bench-campaign', db }));
    const account = { code: 'main', campaign: 'gen-hun-meng', name: same('Main'), number: '1', main: true };
    must(await runCommand(openBankAccount, account, setup, { key: 'bench-account', db }));
    const clerk = await person(db, 'Bench', ['clerk']);
    const rows = Array.from(
      { length: lines },
      (_, n) =>
        `2026-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')},${n % 997}.${String((n % 90) + 10)},CNY,Giver ${n % 5000},B${n},gift ${n}`,
    );
    const bytes = Buffer.from(
      `Date,Amount,Currency,Counterparty,Reference,Description\n${rows.join('\n')}\n`,
    );
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const once = async (key: string) => {
      const asked = {
        account: 'main',
        sha256,
        fileName: 'year.csv',
        sizeBytes: BigInt(bytes.length),
        asking: false,
      };
      const { import: code } = must(await runCommand(handInStatement, asked, clerk, { key, db }));
      const began = performance.now();
      const ended = await runImport(code, { db, read: () => Promise.resolve(bytes) });
      const row = await db
        .selectFrom('bank_import')
        .select('result')
        .where('code', '=', code)
        .executeTakeFirstOrThrow();
      return { ended, seconds: seconds(began), result: row.result };
    };
    return {
      lines,
      bytes: bytes.length,
      first: await once('bench-import-1'),
      again: await once('bench-import-2'),
    };
  } finally {
    await world.close();
  }
};
