import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isLang, type Lang } from '@/lib/i18n/languages';
import { statements as messages } from '@/lib/i18n/messages/statements';
import { decimalText } from '@/lib/reconciliation/statement/decimal.rules';
import { byCurrency, factsOf, movementsOf, type Facts } from '@/lib/reconciliation/statement/facts.rules';
import { readMapping, type ColumnMapping } from '@/lib/reconciliation/statement/mapping.rules';
import { readStatement } from '@/lib/reconciliation/statement/read.rules';
import type {
  Balance,
  ReadingRefusal,
  Statement,
  StatementFile,
} from '@/lib/reconciliation/statement/statement.rules';

/**
 * `npm run statement -- FILE --json`: what the importer sees in a bank file, without importing it. With --json in
 * the shape of the collection of expected answers, otherwise as a table. Exit code 0 when the file can be
 * imported, 1 when it is refused (with reason and line), 2 when the command itself was wrong.
 */
const defaultLang = (): Lang => {
  const locale = process.env['LC_ALL'] ?? process.env['LANG'] ?? '';
  if (!locale.startsWith('zh')) return 'en';
  return /TW|HK|MO|Hant/u.test(locale) ? 'zh-Hant' : 'zh-Hans';
};

type Arguments = {
  readonly file: string;
  readonly json: boolean;
  readonly lang: Lang;
  readonly currency: string | undefined;
  readonly dateOrder: 'dmy' | 'mdy' | 'ymd' | undefined;
  readonly mapping: string | undefined;
};

const isDateOrder = (text: string): text is 'dmy' | 'mdy' | 'ymd' => ['dmy', 'mdy', 'ymd'].includes(text);

const readArguments = (): Arguments | null => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        lang: { type: 'string' },
        currency: { type: 'string' },
        'date-order': { type: 'string' },
        mapping: { type: 'string' },
      },
    });
    const [file] = positionals;
    const order = values['date-order'];
    const lang = values.lang ?? defaultLang();
    if (
      file === undefined ||
      positionals.length > 1 ||
      !isLang(lang) ||
      (order !== undefined && !isDateOrder(order))
    )
      return null;
    return {
      file,
      json: values.json,
      lang,
      currency: values.currency?.toUpperCase(),
      dateOrder: order,
      mapping: values.mapping,
    };
  } catch {
    return null;
  }
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const describeRefusal = (refused: ReadingRefusal, lang: Lang): string => {
  const { refused: reasons, cli } = messages[lang];
  return `${cli.line.replace('{line}', String(refused.line))}: ${reasons[refused.reason]}${refused.excerpt === '' ? '' : `  «${refused.excerpt}»`}`;
};

const describeBalance = (name: string, balance: Balance | null): string =>
  balance === null
    ? ''
    : `  ${name} ${decimalText(balance.amount)} ${balance.currency ?? ''}${balance.on === null ? '' : ` (${balance.on})`}`;

const describeStatement = (statement: Statement, lang: Lang): void => {
  const { cli, statementFlag } = messages[lang];
  const title = [statement.id, statement.number].filter((text) => text !== null).join(' ');
  const movements = movementsOf(statement);
  say(
    `\n${cli.statement} ${title}  ${cli.account} ${statement.account.id ?? '—'}  ${cli.entries} ${statement.lines.length + statement.refused.length}`,
  );
  for (const [currency, sums] of Object.entries(byCurrency(movements)) as [string, Facts][])
    say(
      `  ${currency === 'null' ? '?' : currency}  ${cli.credits} ${String(sums['credits'])} × = ${String(sums['credit_sum'])}  ${cli.debits} ${String(sums['debits'])} × = ${String(sums['debit_sum'])}`,
    );
  const balances =
    describeBalance(cli.opening, statement.opening) + describeBalance(cli.closing, statement.closing);
  const verdict =
    statement.addsUp === null ? cli.undecided : statement.addsUp ? cli.addsUp : cli.doesNotAddUp;
  if (balances !== '') say(`${balances}  → ${verdict}`);
  for (const flag of statement.flags) say(`  ! ${statementFlag[flag]}`);
};

const describe = (file: StatementFile, lang: Lang): void => {
  const { cli, statementFlag } = messages[lang];
  if (file.refusal) {
    say(`${cli.refusedFile} (${file.format}): ${describeRefusal(file.refusal, lang)}`);
    return;
  }
  say(`${cli.imported}: ${file.format}, ${file.encoding}`);
  for (const flag of file.flags) say(`! ${statementFlag[flag]}`);
  for (const statement of file.statements) describeStatement(statement, lang);
  if (file.errors.length > 0) say(`\n${cli.refusedRecords}:`);
  for (const error of file.errors) say(`  ${describeRefusal(error, lang)}`);
};

const loadMapping = async (path: string): Promise<ColumnMapping | null> => {
  const mapping = readMapping(JSON.parse(await readFile(path, 'utf8')));
  return mapping.ok ? mapping.value : null;
};

const main = async (): Promise<number> => {
  const given = readArguments();
  if (given === null) {
    process.stderr.write(`${messages[defaultLang()].cli.usage}\n`);
    return 2;
  }
  const words = messages[given.lang];
  let bytes: Uint8Array;
  let mapping: ColumnMapping | undefined;
  try {
    bytes = await readFile(given.file);
    mapping = given.mapping === undefined ? undefined : ((await loadMapping(given.mapping)) ?? undefined);
  } catch {
    process.stderr.write(`${words.cli.noSuchFile}: ${given.file}\n`);
    return 2;
  }
  if (given.mapping !== undefined && mapping === undefined) {
    process.stderr.write(`${words.cli.usage}\n`);
    return 2;
  }
  const file = readStatement(bytes, { mapping, currency: given.currency, dateOrder: given.dateOrder });
  if (given.json) {
    const facts = factsOf(file);
    const refused = file.refusal && { message: words.refused[file.refusal.reason] };
    say(
      JSON.stringify(
        { ...facts, ...(refused && { refused: { ...(facts['refused'] as Facts), ...refused } }) },
        null,
        2,
      ),
    );
  } else describe(file, given.lang);
  return file.refusal ? 1 : 0;
};

process.exitCode = await main();
