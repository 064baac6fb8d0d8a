import { kindOfWords } from './kind-words.rules';
import type { LineKind } from './statement.rules';

/** What :86: (information to the account owner) says about the movement above it. */
export type MtInformation = {
  readonly counterparty: string | null;
  readonly account: string | null;
  readonly reference: string | null;
  readonly memo: string;
  readonly kind: LineKind;
};

/** SWIFT rows hold 65 characters: a full row was cut in the middle and goes on without a blank. */
const ROW_FULL = 64;

const joinRows = (rows: readonly string[]): string => {
  let text = '';
  for (const [i, row] of rows.entries()) {
    const before = rows[i - 1];
    const cut = before !== undefined && before.length >= ROW_FULL;
    text += i === 0 || cut ? row : ` ${row}`;
  }
  return text.replace(/\s+/gu, ' ').trim();
};

const orNull = (text: string | undefined): string | null => {
  const trimmed = (text ?? '').replace(/\s+/gu, ' ').trim();
  return /^(?:|NONREF|NOTPROVIDED|NOT PROVIDED)$/iu.test(trimmed) ? null : trimmed;
};

const SEPA_TAGS = 'EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|COAM|OAMT|PURP|RTRN|BREF';

const END_OF_FIELD = '\u0000';

/** SEPA keywords inside the purpose text: EREF+…, SVWZ+… (German banking committee, MT940 annex). */
const sepaFields = (purpose: string): Map<string, string> => {
  const fields = new Map<string, string>();
  // The value of a keyword ends with its subfield (a line here), except the purpose, which runs on.
  const text = purpose.replace(/\n/gu, END_OF_FIELD);
  const starts = [...text.matchAll(new RegExp(`(?:^|(?<=\\s)|(?<=[^A-Z]))(${SEPA_TAGS})\\+`, 'gu'))];
  for (const [i, start] of starts.entries()) {
    const from = start.index + start[0].length;
    const value = text.slice(from, starts[i + 1]?.index ?? text.length);
    const kept =
      start[1] === 'SVWZ' ? value.replaceAll(END_OF_FIELD, ' ') : (value.split(END_OF_FIELD)[0] ?? '');
    fields.set(start[1] ?? '', kept.trim());
  }
  return fields;
};

/** What fits into one subfield of the structured form. */
const SUBFIELD_FULL = 27;

/** German business transaction codes (GVC) whose meaning is certain. */
const kindOfGvc = (code: string): LineKind => {
  if (['108', '109', '111', '159', '184'].includes(code)) return 'return';
  if (['805', '808', '806', '809'].includes(code)) return 'fee';
  if (['814', '813', '815'].includes(code)) return 'interest';
  if (['083', '082'].includes(code)) return 'cash';
  return null;
};

/**
 * Structured form: three digits and a separator (mostly ?, also ~ or <) before two-digit field numbers: 00 booking
 * text, 20–29 and 60–63 purpose, 30/31 bank and account of the other side, 32–33 its name.
 */
const structured = (rows: readonly string[]): MtInformation | null => {
  const joined = rows.join('').trimStart();
  const head = /^(\d{3})([?~<>|@^])(?=\d{2})/u.exec(joined);
  if (!head) return null;
  const fields = new Map<string, string>();
  const separator = head[2] ?? '?';
  for (const part of joined.slice(3).split(separator)) {
    const key = part.slice(0, 2);
    if (/^\d{2}$/u.test(key)) fields.set(key, (fields.get(key) ?? '') + part.slice(2));
  }
  // A subfield holds 27 characters: a full one was cut and runs on, a shorter one ends a line.
  const range = (from: number, to: number): string => {
    let text = '';
    for (let key = from; key <= to; key += 1) {
      const part = fields.get(String(key)) ?? '';
      text += part.length >= SUBFIELD_FULL || part === '' ? part : `${part}\n`;
    }
    return text;
  };
  const purpose = range(20, 29) + range(60, 63);
  const sepa = sepaFields(purpose);
  const memo = sepa.get('SVWZ') ?? purpose;
  const bookingText = orNull(fields.get('00'));
  return {
    counterparty: orNull(range(32, 33)) ?? orNull(sepa.get('ABWA')),
    account: orNull(fields.get('31')) ?? orNull(sepa.get('IBAN')),
    reference: orNull(sepa.get('EREF')) ?? orNull(sepa.get('KREF')),
    memo: [orNull(memo), sepa.has('SVWZ') ? null : bookingText].filter((text) => text !== null).join(' '),
    kind: kindOfGvc(head[1] ?? '') ?? kindOfWords(bookingText),
  };
};

/** Slash form (/ORDP//NAME/…/REMI/…): Dutch, Belgian, British and Asian banks. */
const SLASH_TAG =
  /\/(ORDP|BENM|NAME|IBAN|BIC|REMI|EREF|PREF|MARF|CSID|RTRN|ULTC|ULTD|TRCD|CNTP|PY|PT|OCMT|USTD|STRD|ADDR|ISDT|SVCL|BO|BI|TRN|CD|RREF)\//gu;

const slashed = (text: string): MtInformation | null => {
  const starts = [...text.matchAll(SLASH_TAG)];
  if (starts.length < 2 || !/^\s*\/[A-Z]{2,4}\//u.test(text)) return null;
  const fields = new Map<string, string>();
  for (const [i, start] of starts.entries()) {
    const from = start.index + start[0].length;
    const value = text
      .slice(from, starts[i + 1]?.index ?? text.length)
      .replace(/^\/+|\/+$/gu, '')
      .trim();
    if (value !== '' && !fields.has(start[1] ?? '')) fields.set(start[1] ?? '', value);
  }
  // ING: /CNTP/account/bic/name/city/
  const counterparty = fields.get('CNTP')?.split('/') ?? [];
  const remittance = fields.get('REMI') ?? fields.get('USTD') ?? fields.get('PY') ?? fields.get('STRD');
  return {
    counterparty: orNull(fields.get('NAME') ?? counterparty[2] ?? fields.get('BO')),
    account: orNull(fields.get('IBAN') ?? counterparty[0]),
    reference: orNull(fields.get('EREF') ?? fields.get('PREF')),
    memo: orNull(remittance?.replace(/^(?:USTD|STRD)?\/\/|^\/+/u, '')) ?? text,
    kind: fields.has('RTRN') ? 'return' : kindOfWords(text),
  };
};

/** Free text with labels: "OD: …; TYT.: …", "REK: …/NAAM: …", "IBAN: … Naam: … Omschrijving: …". */
const LABELS: readonly (readonly ['counterparty' | 'account' | 'reference', RegExp])[] = [
  [
    'counterparty',
    /(?:\bNAAM|\bOD|\bAUFTRAGGEBER|\bNAME|\bORDERING CUSTOMER)\s*:\s*([^;/:]+?)(?=\s*(?:;|\/|$|\b[A-ZÄÖÜ][\p{L}.]+:))/iu,
  ],
  ['account', /(?:\bREK|\bIBAN|\bZ RACH\.|\bKONTO)\s*:\s*([A-Z]{2}\d{2}[A-Z\d ]{8,30}|\d[\d ]{6,33}\d)/iu],
  ['reference', /(?:\bEREF|\bKENMERK|\bREFERENZ|\bREF)\s*:\s*([^\s;/]+)/iu],
];

const labelled = (whole: string): MtInformation => {
  // Banks send a few hundred characters; whatever is behind that is kept but not searched.
  const text = whole.slice(0, 2_000);
  const find = (wanted: string): string | null =>
    orNull(LABELS.find(([key]) => key === wanted)?.[1].exec(text)?.[1]);
  const sepa = sepaFields(text);
  return {
    counterparty: find('counterparty') ?? orNull(sepa.get('ABWA')),
    account: find('account')?.replaceAll(' ', '') ?? orNull(sepa.get('IBAN')),
    reference: orNull(sepa.get('EREF')) ?? find('reference'),
    memo: whole,
    kind: kindOfWords(text),
  };
};

/** Dutch form: the other side's account, which also stands as reference in :61:, its name, then the purpose. */
const accountFirst = (rows: readonly string[], reference: string | null): MtInformation | null => {
  const [first = '', ...rest] = rows;
  if (
    reference === null ||
    !/^(?:[A-Z]{2}\d{2}[A-Z\d]{8,30}|\d{7,18})$/u.test(reference) ||
    !first.startsWith(reference)
  )
    return null;
  const memo = joinRows(rest);
  return {
    counterparty: orNull(first.slice(reference.length)),
    account: reference,
    reference: null,
    memo,
    kind: kindOfWords(memo),
  };
};

/**
 * Reads the rows of :86: in whichever way the bank fills them; what is not understood stays in the memo.
 * `reference` is that of the :61: above.
 */
export const readMt86 = (rows: readonly string[], reference: string | null = null): MtInformation => {
  const text = joinRows(rows);
  return structured(rows) ?? accountFirst(rows, reference) ?? slashed(text) ?? labelled(text);
};

/**
 * :NS: of German and Hungarian cash management software: two-digit field numbers at the start of each row,
 * 01–14 purpose, 15–16 the other side's name, 17 booking text, 33/34 its bank and account.
 */
export const readNs = (rows: readonly string[]): MtInformation => {
  const fields = new Map<string, string>();
  for (const row of rows) {
    const match = /^(\d{2})(.*)$/u.exec(row);
    if (match) fields.set(match[1] ?? '', match[2] ?? '');
  }
  const range = (from: number, to: number): string[] => {
    const texts: string[] = [];
    for (let key = from; key <= to; key += 1) {
      const text = orNull(fields.get(String(key).padStart(2, '0')));
      if (text !== null) texts.push(text);
    }
    return texts;
  };
  const booking = orNull(fields.get('17'));
  const purpose = [...range(1, 14), ...(booking === null ? [] : [booking])].join(' ');
  return {
    counterparty: orNull(range(15, 16).join('')),
    account: orNull(fields.get('34')),
    reference: null,
    memo: purpose,
    kind: kindOfWords(purpose),
  };
};
