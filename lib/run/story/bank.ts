import { createHash } from 'node:crypto';
import { openBankAccount } from '@/lib/reconciliation/account.commands';
import { confirmColumns, handInStatement } from '@/lib/reconciliation/statement/import.commands';
import { runImport } from '@/lib/reconciliation/statement/import.flow';
import { previewTable } from '@/lib/reconciliation/statement/preview.rules';
import { formatReference } from '@/lib/shared/reference.rules';
import { sumMinor, toDecimal } from '@/lib/shared/money';
import type { Player, Scene } from './player';
import type { RoadStory } from './road-story';

const NAME = { 'zh-Hans': '示意银行', 'zh-Hant': '示意銀行', en: 'Illustrative Bank' };
const HEAD = '交易日期,收入金额,支出金额,余额,对方户名,对方账号,摘要,附言,交易流水号';

/** The last week of June at the bank: what the clerk finds in the morning, none of it explained yet. */
export const bankScenes = (story: RoadStory): Scene[] => [
  { on: '2024-06-30', order: 9_900, play: () => playStatement(story) },
];

const playStatement = async ({ player, cast, maling: { campaign }, files }: RoadStory): Promise<void> => {
  await player.act(
    'bank-account',
    openBankAccount,
    { code: 'boc-0300', campaign: campaign.slug, name: NAME, number: '尾号 0300', main: true },
    cast.lin,
  );
  const bytes = Buffer.from(await statementText(player, campaign.slug));
  await files.statement(bytes);
  const { import: code } = await player.act(
    'bank-statement',
    handInStatement,
    {
      account: 'boc-0300',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      fileName: '示意银行-2024-06.csv',
      sizeBytes: BigInt(bytes.length),
      asking: true,
    },
    cast.lin,
  );
  const preview = previewTable(bytes);
  if (preview === null || preview === 'header_differs') throw new Error('the story’s statement is no table');
  await player.act(
    'bank-columns',
    confirmColumns,
    { import: code, mapping: { ...preview.mapping, currency: 'CNY' } },
    cast.lin,
  );
  await runImport(code, { db: player.db, read: () => Promise.resolve(bytes) });
};

/** What the statement opens with: the bank knows of everything the books know. */
const inTheBooks = async (player: Player, campaign: string): Promise<bigint> => {
  const accounts = await player.db
    .selectFrom('account_balance')
    .select('balance_minor as minor')
    .where('code', 'in', [`assets:bank:${campaign}`, `assets:bank:main:${campaign}`])
    .execute();
  return sumMinor(accounts.map(({ minor }) => minor));
};

/** Two lines name a promise by its reference, one says it with a name only, the others are the bank's own and a riddle. */
const statementText = async (player: Player, campaign: string): Promise<string> => {
  const promises = await player.db
    .selectFrom('pledge')
    .select(['reference', 'amount_minor as amountMinor'])
    .where('status', '=', 'open')
    .orderBy('code')
    .limit(3)
    .execute();
  const [first, second, third] = promises;
  const rows: (readonly [
    day: string,
    minor: bigint,
    payer: string,
    account: string,
    summary: string,
    remark: string,
  ])[] = [
    ...(first
      ? [
          [
            '24',
            first.amountMinor,
            'LEUNG M*',
            '',
            '跨行转入',
            `${formatReference(first.reference)} ROAD`,
          ] as const,
        ]
      : []),
    ...(second ? [['25', second.amountMinor, '何*', '', '转账', second.reference] as const] : []),
    ['26', 100_000n, '陈*强', '', '转账', '修路'],
    ['27', 30_000n, '何*', '', '转账', '捐款'],
    ['27', 30_000n, '何*', '', '转账', '捐款'],
    ...(third
      ? [
          [
            '28',
            third.amountMinor - 2_500n,
            'WONG KA*',
            '',
            '汇入汇款',
            formatReference(third.reference),
          ] as const,
        ]
      : []),
    ['28', 52_000n, '', '', '现金存入', '马岭居委会捐款箱'],
    ['30', 8_642n, '示意银行', '', '结息', ''],
    ['30', -1_500n, '示意银行', '', '账户管理费', ''],
  ];
  let balance = await inTheBooks(player, campaign);
  const lines = rows.map(([day, minor, payer, account, summary, remark], index) => {
    balance += minor;
    const amount = toDecimal(minor < 0n ? -minor : minor, 'CNY');
    const columns = minor < 0n ? ['', amount] : [amount, ''];
    return [
      `2024-06-${day}`,
      ...columns,
      toDecimal(balance, 'CNY'),
      payer,
      account,
      summary,
      remark,
      `示意06${day}${String(index + 1).padStart(4, '0')}`,
    ].join(',');
  });
  return `${HEAD}\n${lines.join('\n')}\n`;
};
