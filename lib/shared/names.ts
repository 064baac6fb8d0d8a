import { ok, refuse, type Result } from './result';

/**
 * Names and short texts as people type them. A person has one name field: nobody here decides which part of it
 * is the family name. What is accepted is stored exactly (in Unicode NFC, without white space at the ends);
 * whatever could not be seen, or could turn the text around it, is refused by name instead of silently removed.
 */

/** Graphemes (what a person counts as one character) a name may have. */
export const NAME_GRAPHEMES_MAX = 80;

/** Graphemes a dedication or remark may have. */
export const TEXT_GRAPHEMES_MAX = 500;

export type TextProblem =
  | 'empty'
  | 'too_long'
  | 'broken_characters'
  | 'control_characters'
  | 'invisible_characters'
  | 'direction'
  | 'private_characters'
  | 'too_many_marks'
  | 'no_letter';

const INVISIBLE_ENDS = /^[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+$/gu;
const LONE_SURROGATE = /\p{Cs}/u;
const NOT_A_CHARACTER = /\p{Noncharacter_Code_Point}/u;
const CONTROL_OR_BREAK = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const CONTROL_BUT_LINE_OR_TAB = /(?![\n\t])\p{Cc}|[\p{Zl}\p{Zp}]/u;
// Embeddings, overrides and isolates: one of these in a name reverses the text that follows it on a page.
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/u;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2800]|(?!\p{Default_Ignorable_Code_Point})\p{Cf}/u;
// Joiners belong between letters of some scripts and inside emoji; variation selectors choose the written form
// of the character before them (葛 has two that people insist on). Only there are they letters of a name.
const RIGHTFUL_INVISIBLE =
  /(?<=[\p{L}\p{M}\p{Emoji}])[\u200c\u200d](?=[\p{L}\p{M}\p{Extended_Pictographic}])|(?<=[\p{L}\p{N}\p{S}\p{Emoji}])[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** How many characters a person would count: an accented letter or a family emoji is one. */
export const graphemeCount = (text: string): number => {
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
};

/** The first `max` graphemes, with an ellipsis in place of the rest; never cuts a character in two. */
export const cutText = (text: string, max: number): string => {
  const kept: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    if (kept.length === max) return `${kept.slice(0, max - 1).join('')}…`;
    kept.push(segment);
  }
  return text;
};

const problemOf = (text: string, max: number): TextProblem | null => {
  if (text === '') return 'empty';
  if (text.length > max * 16 || graphemeCount(text) > max) return 'too_long';
  if (LONE_SURROGATE.test(text) || NOT_A_CHARACTER.test(text)) return 'broken_characters';
  if (DIRECTION.test(text)) return 'direction';
  if (/\p{Co}/u.test(text)) return 'private_characters';
  // Five marks on one letter is no spelling of any language; it paints over the lines above and below.
  if (/\p{M}{5,}/u.test(text.replace(RIGHTFUL_INVISIBLE, ''))) return 'too_many_marks';
  return null;
};

const refuseText = (problem: TextProblem, max: number, field: string | undefined): Result<never> =>
  refuse('invalid_input', { reason: `text_${problem}`, max }, field);

/**
 * Reads one name as typed. Accepted names are NFC, begin and end with something visible, hold at least one
 * letter or digit of some script, and at most `max` graphemes. Refusals are `invalid_input` with a reason
 * `text_…` (see TextProblem).
 */
export const readName = (
  typed: string,
  options: { readonly max?: number | undefined; readonly field?: string | undefined } = {},
): Result<string> => {
  const max = options.max ?? NAME_GRAPHEMES_MAX;
  const name = typed.normalize('NFC').replace(INVISIBLE_ENDS, '');
  const problem =
    problemOf(name, max) ??
    (CONTROL_OR_BREAK.test(name)
      ? 'control_characters'
      : INVISIBLE.test(name.replace(RIGHTFUL_INVISIBLE, ''))
        ? 'invisible_characters'
        : /[\p{L}\p{N}]/u.test(name)
          ? null
          : 'no_letter');
  return problem ? refuseText(problem, max, options.field) : ok(name);
};

/**
 * Reads a longer text as typed: a dedication, a remark, a reason. Line ends become LF; lines and tabs stay. An
 * empty text is accepted as ''.
 */
export const readText = (
  typed: string,
  options: { readonly max?: number | undefined; readonly field?: string | undefined } = {},
): Result<string> => {
  const max = options.max ?? TEXT_GRAPHEMES_MAX;
  const text = typed.normalize('NFC').replace(/\r\n?/g, '\n').replace(INVISIBLE_ENDS, '');
  if (text === '') return ok('');
  const problem = problemOf(text, max) ?? (CONTROL_BUT_LINE_OR_TAB.test(text) ? 'control_characters' : null);
  return problem ? refuseText(problem, max, options.field) : ok(text);
};

/**
 * Encloses a text in invisible isolates, for plain text where HTML's <bdi> is not at hand (mail subject, PDF,
 * file of text): a name written from right to left then cannot move the amount beside it.
 */
export const isolate = (text: string): string => `\u2068${text.replace(/[\u2066-\u2069]/g, '')}\u2069`;

/**
 * For showing text that came from outside unchecked (a bank's file, an old import): what cannot be seen or turns
 * text around is replaced by a visible sign, line breaks by spaces.
 */
export const showable = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\r\n\t\u2028\u2029]+/g, ' ')
    .replace(RIGHTFUL_INVISIBLE, (rightful) => `\ufdd0${rightful}`)
    .replace(/(?<!\ufdd0)(?:[\p{Cc}\p{Cf}\p{Co}]|[\u2800])/gu, '\uFFFD')
    .replaceAll('\ufdd0', '');
