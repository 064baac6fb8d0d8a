/**
 * Whether two names may be the same person or body, as banks write them: any script, any order, cut off, masked
 * by a wallet, misspelt by one letter. It never decides alone; the reason is shown in words.
 */
export type NameAgreement = 'same' | 'masked' | 'cut_off' | 'alike' | 'surname';

/** Traditional to simplified characters; the dictionary is large, so it comes as an argument. */
export type ToSimplified = (text: string) => string;

const TITLES =
  /\b(?:mr|mrs|ms|miss|dr|prof|sir|madam|mdm|messrs)\b\.?|先生|女士|小姐|太太|夫人|同志|教授|博士|居士|老师|老師/giu;

/** Accents, case, width, titles and white space carry no identity; masks do and stay. */
const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(TITLES, ' ')
    .replace(/[•●＊x×](?=[•●＊*x×])|[•●＊]/gu, '*')
    .replace(/[^\p{L}\p{N}*]+/gu, ' ')
    .trim();

/** A name made ready for comparing once, however often it is compared. */
export type FoldedName = {
  /** As it was written. */
  readonly name: string;
  /** Words in the order they were written, and sorted. */
  readonly words: readonly string[];
  readonly sorted: readonly string[];
  readonly text: string;
  /** The Chinese characters in it, simplified; empty when there are none. */
  readonly chinese: string;
  /** The letters in each order of its words, for names whose words are joined or turned round. */
  readonly turns: readonly string[];
};

export const foldName = (name: string, toSimplified: ToSimplified): FoldedName => {
  const plainName = plain(toSimplified(name));
  const chinese = (plainName.match(/[\p{Script=Han}*]+/gu) ?? []).join('');
  const words = plainName.split(' ').filter((word) => word !== '');
  return {
    name,
    words,
    sorted: [...words].sort(),
    text: words.join(''),
    chinese: /\p{Script=Han}/u.test(chinese) ? chinese : '',
    turns: words.length > 6 ? [] : words.map((_, i) => [...words.slice(i), ...words.slice(0, i)].join('')),
  };
};

/** Romanisations of common family names: Mandarin, Cantonese (Hong Kong, Macau), Hokkien and Teochew, Hakka. */
const SURNAMES: Readonly<Record<string, string>> = {
  陈: 'chen chan tan chin ting tjan',
  林: 'lin lam lim liem',
  黄: 'huang wong vong ng ooi oei uy wee',
  张: 'zhang cheung cheong teo teoh chong',
  李: 'li lee lei',
  王: 'wang wong vong ong heng',
  吴: 'wu ng goh go',
  刘: 'liu lau lao low lew',
  蔡: 'cai choi choy tsai chua chuah',
  杨: 'yang yeung ieong yong yeo',
  许: 'xu hui hoi koh khoo kho hsu',
  郑: 'zheng cheng tay tey tee',
  谢: 'xie tse che chia hsieh cheah',
  郭: 'guo kwok kuok quek kuo',
  洪: 'hong hung ang',
  曾: 'zeng tsang chang chan chen tjan',
  邱: 'qiu yau khoo hew chiu',
  廖: 'liao liu leow liew',
  赖: 'lai',
  周: 'zhou chow chau chao chew chiu',
  徐: 'xu tsui choi chee hsu',
  苏: 'su so sou soh',
  叶: 'ye yip ip yap yeh',
  庄: 'zhuang chong chng',
  吕: 'lu lui loi lee lyu',
  江: 'jiang kong gong kang',
  何: 'he ho hoe hor',
  萧: 'xiao siu sio siow hsiao',
  罗: 'luo lo law loh',
  高: 'gao ko kou kaw kao',
  潘: 'pan poon pun phua',
  简: 'jian kan',
  朱: 'zhu chu choo',
  钟: 'zhong chung chong',
  彭: 'peng pang phang',
  游: 'you yau yu yew',
  詹: 'zhan chim jim',
  胡: 'hu wu woo',
  施: 'shi sze si see',
  沈: 'shen sum sam sim',
  余: 'yu yue iu yee',
  卢: 'lu lo lou loh',
  梁: 'liang leung leong neo niu',
  赵: 'zhao chiu chio teo chao',
  颜: 'yan ngan gan',
  柯: 'ke or o kua',
  翁: 'weng yung ang',
  魏: 'wei ngai goi gui',
  孙: 'sun suen sun',
  戴: 'dai tai tei',
  范: 'fan faan',
  方: 'fang fong png',
  宋: 'song sung',
  邓: 'deng tang',
  杜: 'du to tou',
  傅: 'fu foo',
  侯: 'hou hau',
  曹: 'cao tso chou',
  薛: 'xue sit',
  丁: 'ding ting teng',
  马: 'ma mah beh',
  唐: 'tang tong',
  冯: 'feng fung pang',
  姚: 'yao yiu io',
  石: 'shi shek seak',
  董: 'dong tung',
  程: 'cheng ching',
  汤: 'tang tong',
  黎: 'li lai',
  欧: 'ou au ao',
  谭: 'tan tam tom',
  区: 'ou au ao',
  关: 'guan kwan kuan',
  陆: 'lu luk lok',
  温: 'wen wan',
  钱: 'qian chin',
  甘: 'gan kam kan',
  伍: 'wu ng',
  冼: 'xian sin',
  招: 'zhao chiu',
  司徒: 'situ szeto',
  欧阳: 'ouyang auyeung aoieong',
};

const surnameOf = (chinese: string): string | undefined =>
  SURNAMES[chinese.slice(0, 2)] ?? SURNAMES[chinese.slice(0, 1)];

/** Edits between two words, a swap of neighbours counting once; stops counting above `limit`. */
export const editDistance = (a: string, b: string, limit: number): number => {
  const [left, right] = [[...a], [...b]];
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let [before, previous]: [number[], number[]] = [[], right.map((_, i) => i).concat(right.length)];
  for (const [i, symbol] of left.entries()) {
    const row = [i + 1];
    for (const [j, other] of right.entries()) {
      const swapped = i > 0 && j > 0 && symbol === right[j - 1] && left[i - 1] === other;
      row.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (previous[j + 1] ?? 0) + 1,
          (previous[j] ?? 0) + (symbol === other ? 0 : 1),
          swapped ? (before[j - 1] ?? 0) + 1 : Number.MAX_SAFE_INTEGER,
        ),
      );
    }
    [before, previous] = [previous, row];
  }
  return previous.at(-1) ?? 0;
};

/** 陈*文 and 陈大文: the mask stands for one or more characters. */
const maskFits = (masked: string, whole: string): boolean => {
  if (!masked.includes('*') || masked.replaceAll('*', '').length === 0) return false;
  const pattern = masked
    .split(/\*+/u)
    .map((part) => part.replace(/[^\p{L}\p{N}]/gu, ''))
    .join('.{1,12}');
  return new RegExp(`^${pattern}$`, 'u').test(whole);
};

const sameWords = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word, i) => word === b[i]);

/** The shortest fields into which banks cut names hold 18 letters; six Chinese characters are no personal name. */
const CUT_OFF_LETTERS = 18;
const CUT_OFF_CHARACTERS = 6;

/** How far two folded names agree; null when nothing speaks for it. */
export const agreementOf = (a: FoldedName, b: FoldedName): NameAgreement | null => {
  if (a.text === '' || b.text === '') return null;
  if (a.text === b.text || sameWords(a.sorted, b.sorted) || (a.chinese !== '' && a.chinese === b.chinese))
    return 'same';
  // "CHAN Tai-Man" and "Chan Taiman": the same letters in other words.
  if (a.chinese === '' && b.chinese === '' && a.turns.some((turn) => b.turns.includes(turn))) return 'same';
  const [left, right] = [a.chinese === '' ? a.text : a.chinese, b.chinese === '' ? b.text : b.chinese];
  if (maskFits(left, right) || maskFits(right, left)) return 'masked';
  const shorter = left.length < right.length ? left : right;
  const longer = shorter === left ? right : left;
  if (
    shorter.length >= (a.chinese === '' ? CUT_OFF_LETTERS : CUT_OFF_CHARACTERS) &&
    longer.startsWith(shorter)
  )
    return 'cut_off';
  if (a.chinese === '' && b.chinese === '') {
    const limit = shorter.length >= 9 ? 2 : shorter.length >= 5 ? 1 : 0;
    return limit > 0 &&
      (editDistance(left, right, limit) <= limit ||
        editDistance(a.sorted.join(''), b.sorted.join(''), limit) <= limit)
      ? 'alike'
      : null;
  }
  if (a.chinese !== '' && b.chinese !== '')
    return left.length >= 3 &&
      left.length === right.length &&
      left[0] === right[0] &&
      editDistance(left, right, 1) === 1
      ? 'alike'
      : null;
  const [chinese, romanised] = a.chinese === '' ? [b, a] : [a, b];
  const spellings = surnameOf(chinese.chinese)?.split(' ') ?? [];
  return romanised.words.some((word) => spellings.includes(word)) ? 'surname' : null;
};

const RANK: readonly NameAgreement[] = ['same', 'masked', 'cut_off', 'alike', 'surname'];

/** The best agreement of any of the names known with what the bank wrote, and the name it was. */
export const bestName = (
  written: FoldedName | null,
  known: readonly FoldedName[],
): { readonly agreement: NameAgreement; readonly name: string } | null => {
  if (written === null) return null;
  let best: { agreement: NameAgreement; name: string } | null = null;
  for (const one of known) {
    const agreement = agreementOf(written, one);
    if (agreement !== null && (best === null || RANK.indexOf(agreement) < RANK.indexOf(best.agreement)))
      best = { agreement, name: one.name };
  }
  return best;
};

/** Whether a remark contains a name as a whole: all its words, or all its Chinese characters together. */
export const remarkNames = (remark: FoldedName, wanted: FoldedName): boolean => {
  if (wanted.chinese.length >= 2) return remark.text.includes(wanted.chinese);
  return (
    wanted.words.length >= 2 &&
    wanted.text.length >= 6 &&
    wanted.words.every((word) => remark.words.includes(word))
  );
};
