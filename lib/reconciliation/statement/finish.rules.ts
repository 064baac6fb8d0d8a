import { add, plainText, sameValue, sum, toMinor, type Decimal } from './decimal.rules';
import type {
  FileDraft,
  LineDraft,
  LineFlag,
  ReadingRefusal,
  Statement,
  StatementDraft,
  StatementFile,
  StatementFlag,
  StatementLine,
} from './statement.rules';
import { refusal } from './statement.rules';

/** Text that is the same on every route: no case, no width, no white space, no punctuation. */
const contentText = (text: string | null): string => {
  if (text === null || text === '') return '';
  // Plain ASCII has no other forms of its characters.
  const plain = /^[ -~]*$/u.test(text);
  return plain
    ? text.toLowerCase().replace(/[^a-z\d]+/gu, '')
    : text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '');
};

/** The content of a line: what two equal lines share and two different ones do not. */
export const contentOf = (line: LineDraft, bookedOn: string): string =>
  [
    bookedOn,
    line.currency ?? '',
    plainText(line.amount),
    line.reversal ? 'r' : '',
    contentText(line.bankReference),
    contentText(line.reference),
    contentText(line.counterparty),
    contentText(line.counterpartyAccount),
    contentText(line.memo),
  ].join('|');

const accountKey = (statement: StatementDraft): string => contentText(statement.account.id);

type Judged =
  | { readonly line: Omit<StatementLine, 'occurrence' | 'fingerprintText'> }
  | { readonly refused: ReadingRefusal };

const judge = (draft: LineDraft, statement: StatementDraft): Judged => {
  const bookedOn =
    draft.bookedOn ?? draft.valueOn ?? statement.to ?? statement.closing?.on ?? statement.opening?.on ?? null;
  const currency = draft.currency ?? statement.account.currency;
  if (bookedOn === null)
    return {
      refused: refusal('date_missing', draft.lineNo, draft.memo || draft.counterparty || '', {
        amount: draft.amount,
        currency,
      }),
    };
  const flags = new Set<LineFlag>(draft.flags);
  if (draft.bookedOn === null) flags.add('date_assumed');
  const minor = toMinor(draft.amount, currency);
  if ('problem' in minor) flags.add(minor.problem);
  return {
    line: {
      ...draft,
      bookedOn,
      currency,
      amountMinor: 'minor' in minor ? minor.minor : null,
      flags: [...flags],
    },
  };
};

const movesBalance = (line: { readonly status: string }): boolean => line.status === 'booked';

/** Opening + what was booked = closing, in one currency; null when the file does not let it be decided. */
const addsUp = (
  statement: StatementDraft,
  amounts: readonly Decimal[],
  currencies: ReadonlySet<string>,
): boolean | null => {
  const { opening, closing } = statement;
  if (!opening || !closing) return null;
  const known = new Set([opening.currency, closing.currency, ...currencies].filter((c) => c !== null));
  if (known.size > 1) return null;
  return sameValue(add(opening.amount, sum(amounts)), closing.amount);
};

const judgeStatement = (
  draft: StatementDraft,
): {
  statement: Omit<Statement, 'lines'>;
  lines: Omit<StatementLine, 'occurrence' | 'fingerprintText'>[];
} => {
  const judged = draft.lines.map((line) => judge(line, draft));
  const lines = judged.flatMap((one) => ('line' in one ? [one.line] : []));
  const refused = [
    ...draft.refused,
    ...judged.flatMap((one) => ('refused' in one ? [one.refused] : [])),
  ].sort((a, b) => a.line - b.line);
  const booked = lines.filter(movesBalance);
  const amounts = [...booked.map((line) => line.amount), ...refused.flatMap((one) => one.amount ?? [])];
  const currencies = new Set(booked.flatMap((line) => line.currency ?? []));
  const verdict = addsUp(draft, amounts, currencies);
  const flags = new Set<StatementFlag>(draft.flags);
  if (verdict === false) flags.add('does_not_add_up');
  if (verdict === null && draft.opening && draft.closing) flags.add('currencies_differ');
  if (draft.account.id === null) flags.add('account_missing');
  return { statement: { ...draft, refused, addsUp: verdict, flags: [...flags] }, lines };
};

const sameStatement = (a: StatementDraft, b: StatementDraft): boolean =>
  a.id === b.id &&
  a.number === b.number &&
  a.account.id === b.account.id &&
  a.from === b.from &&
  a.to === b.to &&
  a.lines.length === b.lines.length &&
  a.lines.length > 0 &&
  a.lines.every((line, i) => {
    const other = b.lines[i];
    return (
      other !== undefined && contentOf(line, line.bookedOn ?? '') === contentOf(other, other.bookedOn ?? '')
    );
  });

/** A statement that stands in the file twice gets the same occurrence numbers twice, so it is imported once. */
const earlierTwin = (drafts: readonly StatementDraft[], index: number): number => {
  const draft = drafts[index];
  if (!draft) return -1;
  return drafts.findIndex((other, i) => i < index && sameStatement(other, draft));
};

/**
 * Judges what a reader found: minor units, flags, whether statements add up, and the identity of each line.
 * Equal lines of one account are numbered through the file, so two genuine gifts of the same amount on the same
 * day stay two, while the same file read again gives exactly the same texts.
 */
export const finish = (
  draft: FileDraft,
  encoding: string,
  decodingFlags: readonly StatementFlag[] = [],
): StatementFile => {
  const counts = new Map<string, number>();
  const finished: Statement[] = [];
  for (const [index, one] of draft.statements.entries()) {
    const { statement, lines } = judgeStatement(one);
    const twin = finished[draft.statements.length > 1 ? earlierTwin(draft.statements, index) : -1];
    const identified = lines.map((line, i): StatementLine => {
      const original = twin?.lines[i];
      if (original)
        return { ...line, occurrence: original.occurrence, fingerprintText: original.fingerprintText };
      const content = `${accountKey(one)}|${contentOf(line, line.bookedOn)}`;
      const occurrence = (counts.get(content) ?? 0) + 1;
      counts.set(content, occurrence);
      return { ...line, occurrence, fingerprintText: `${content}|${occurrence}` };
    });
    finished.push({
      ...statement,
      lines: identified,
      flags: twin ? [...statement.flags, 'duplicate_of_earlier'] : statement.flags,
    });
  }
  const errors = [...finished.flatMap((one) => one.refused), ...draft.stray].sort((a, b) => a.line - b.line);
  return {
    family: draft.family,
    format: draft.format,
    encoding,
    route: draft.layout === undefined ? draft.format : `${draft.format}:${draft.layout}`,
    statements: finished,
    errors,
    flags: [...new Set([...draft.flags, ...decodingFlags])],
    facts: draft.facts,
    refusal: draft.refusal,
  };
};
