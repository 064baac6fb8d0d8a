import 'server-only';
import { surnameOfHan, surnamesOfRoman } from './surnames';

/**
 * What two records of one person have in common although they were typed in different scripts. Only for
 * suggesting duplicates to a person: no key ever merges anything by itself. Server only: the conversion table
 * between traditional and simplified characters weighs half a megabyte and is loaded at first use.
 */
export type NameKeys = {
  /** Equal for 陳大文 and 陈大文, for "Chan Tai-Man", "CHAN TAIMAN" and "chan tai man". Same key: likely the same name. */
  readonly same: string;
  /** For names in Latin letters also without regard to the order of words: "Tai Man Chan" meets "Chan Tai Man". */
  readonly anyOrder: string | null;
  /**
   * Family names it may begin or end with, as simplified characters: 陈 for 陳, Chan, Chen and Tan. Shared by
   * thousands of people, so worth showing only beside another sign (same account, same address).
   */
  readonly surnames: readonly string[];
};

type Converters = { readonly t: (text: string) => string; readonly hk: (text: string) => string };

let loaded: Converters | undefined;

const loadConverters = async (): Promise<Converters> => {
  if (!loaded) {
    const { Converter } = await import('opencc-js/t2cn');
    loaded = { t: Converter({ from: 't', to: 'cn' }), hk: Converter({ from: 'hk', to: 'cn' }) };
  }
  return loaded;
};

/**
 * Simplified characters for traditional ones, word by word; text that is simplified already stays as it is. `from`
 * names the variant: 'hk' the characters as printed in Hong Kong, 't' the general ones.
 */
export const simplified = async (text: string, from: 't' | 'hk' = 'hk'): Promise<string> =>
  (await loadConverters())[from](text);

// Letters that NFKD does not take apart.
const LATIN_FOLDS: readonly (readonly [RegExp, string])[] = [
  [/ß/g, 'ss'],
  [/æ/g, 'ae'],
  [/œ/g, 'oe'],
  [/ø/g, 'o'],
  [/đ|ð/g, 'd'],
  [/ł/g, 'l'],
  [/ı/g, 'i'],
  [/þ/g, 'th'],
];

const foldLatin = (text: string): string => {
  let folded = text.normalize('NFKD').replace(/\p{M}+/gu, '');
  for (const [letter, plain] of LATIN_FOLDS) folded = folded.replace(letter, plain);
  return folded;
};

const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** The keys of a name that `readName` accepted. */
export const nameKeys = async (name: string): Promise<NameKeys> => {
  const { t, hk } = await loadConverters();
  // Both, one after the other: coarser than either (陞, 昇 and 升 become one), which is right for a hint.
  const plain = t(hk(name.normalize('NFKC').toLowerCase())).normalize('NFKC');
  const words = (isHan(plain) ? plain : foldLatin(plain))
    .replace(/['’ʼ`.]/gu, '')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '');
  const same = words.join('');
  if (isHan(plain)) {
    const surname = surnameOfHan(same);
    return { same, anyOrder: null, surnames: surname === null ? [] : [surname] };
  }
  const latin = /^[\p{Script=Latin}\p{N}]+$/u.test(same);
  const ends = words.length > 1 ? [words[0] ?? '', words.at(-1) ?? ''] : [];
  return {
    same,
    anyOrder: latin && words.length > 1 ? [...words].sort().join(' ') : null,
    surnames: latin ? [...new Set(ends.flatMap(surnamesOfRoman))].sort() : [],
  };
};
