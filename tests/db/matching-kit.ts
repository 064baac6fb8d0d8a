import { openBankAccount } from '@/lib/reconciliation/account.commands';
import { handInStatement } from '@/lib/reconciliation/statement/import.commands';
import { fingerprintOf } from '@/lib/reconciliation/statement/import.store';
import { runImport } from '@/lib/reconciliation/statement/import.flow';
import { openLines, ownAccounts, type OpenLine } from '@/lib/reconciliation/workspace.queries';
import { CAMPAIGN, must, openKit, same, type Kit } from './donations-kit';

export const HEAD = 'Date,Amount,Currency,Counterparty,Reference,Description';

export type MatchingKit = Kit & {
  /** Hands in a file and lets the worker read it; answers the import's number and how it ended. */
  readonly take: (text: string | Uint8Array, account?: string) => Promise<{ code: string; ended: string }>;
  readonly lines: (account?: string) => Promise<OpenLine[]>;
};

/** On books of its own, or on those that are handed in. */
export const openMatchingKit = async (base?: Kit): Promise<MatchingKit> => {
  const kit = base ?? (await openKit());
  const files = new Map<string, Uint8Array>();
  for (const [code, main] of [
    ['boc-main', true],
    ['abc-second', false],
  ] as const)
    must(
      await kit.run(
        openBankAccount,
        { code, campaign: CAMPAIGN, name: same(code), number: '0300', main },
        kit.lin,
      ),
    );
  const accounts = await ownAccounts(kit.reader);
  return {
    ...kit,
    take: async (text, account = 'boc-main') => {
      const bytes = typeof text === 'string' ? Buffer.from(text) : text;
      const sha256 = fingerprintOf(Buffer.from(bytes).toString('latin1')).toString('hex');
      files.set(sha256, bytes);
      const { import: code } = must(
        await kit.run(
          handInStatement,
          { account, sha256, fileName: 'statement.csv', sizeBytes: BigInt(bytes.length), asking: false },
          kit.lin,
        ),
      );
      const ended = await runImport(code, {
        db: kit.db,
        read: (name) => Promise.resolve(files.get(name) ?? null),
      });
      return { code, ended };
    },
    lines: (code = 'boc-main') =>
      openLines(accounts.find((one) => one.code === code)?.id ?? '', 100, kit.reader),
  };
};
