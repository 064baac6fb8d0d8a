import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSimplified } from '@/lib/reconciliation/chinese';
import { agreementOf, bestName, editDistance, foldName, remarkNames } from '@/lib/reconciliation/names.rules';

const agree = (a: string, b: string): string | null =>
  agreementOf(foldName(a, toSimplified), foldName(b, toSimplified));

describe('names of one person in many writings', () => {
  it.each([
    ['陳大文', '陈大文', 'same'],
    ['陈大文先生', '陈大文', 'same'],
    ['龔欣妍', '龚欣妍', 'same'],
    ['CHAN TAI MAN', 'Chan Tai-Man', 'same'],
    ['TAIMAN CHAN', 'Chan Tai Man', 'same'],
    ['MR CHAN TAI MAN', 'Chan Tai Man', 'same'],
    ['Ｃｈａｎ　Ｔａｉ　Ｍａｎ', 'CHAN TAI MAN', 'same'],
    ['José Müller', 'JOSE MULLER', 'same'],
    ['Obi, Ada', 'Ada Obi', 'same'],
    ['中山市马岭社区基金会', '中山市馬嶺社區基金會', 'same'],
    ['陈大文 CHAN TAI MAN', '陳大文', 'same'],
    ['陈*文', '陈大文', 'masked'],
    ['*大文', '陳大文', 'masked'],
    ['x**@示例', '陈大文', null],
    ['GUANGDONG ZHONGSHAN MALING COMM', 'Guangdong Zhongshan Maling Community Fund', 'cut_off'],
    ['Chen Xiaolong', 'Chen Xiaologn', 'alike'],
    ['Katherine Wong', 'Catherine Wong', 'alike'],
    ['陈大文', '陈大雯', 'alike'],
    ['CHAN TAI MAN', '陳大文', 'surname'],
    ['Wong Siu Ming', '黃小明', 'surname'],
    ['Ada Obi', 'Bayo Obi', null],
    ['李明', '李强', null],
    ['王芳', '王方圆', null],
    ['', 'Ada', null],
    ['***', 'Ada', null],
  ])('%s / %s → %s', (a, b, expected) => {
    expect(agree(a, b)).toBe(expected);
    expect(agree(b, a)).toBe(expected);
  });

  const fold = (name: string): ReturnType<typeof foldName> => foldName(name, toSimplified);

  it('finds a name inside a remark only as a whole', () => {
    expect(remarkNames(fold('善路捐款 陳大文 感谢'), fold('陈大文'))).toBe(true);
    expect(remarkNames(fold('FPS FROM CHAN TAI MAN 12345'), fold('Tai Man Chan'))).toBe(true);
    expect(remarkNames(fold('CHANTAL MANDEL'), fold('Chan Tai Man'))).toBe(false);
    expect(remarkNames(fold('Wong'), fold('Wong'))).toBe(false);
  });

  it('prefers the name that agrees best', () => {
    expect(bestName(fold('CHAN TAI MAN'), [fold('陳大文'), fold('Chan Tai Man')])).toEqual({
      agreement: 'same',
      name: 'Chan Tai Man',
    });
    expect(bestName(null, [fold('Ada')])).toBeNull();
  });

  it('never throws, and every name is the same as itself', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        (a, b) => {
          expect(agree(a, b)).toBe(agree(b, a));
          if (/\p{L}/u.test(a.normalize('NFKD')) && foldName(a, toSimplified).text !== '')
            expect(agree(a, a)).toBe('same');
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('counts a swap of neighbours as one edit', () => {
    expect(editDistance('xiaolong', 'xiaologn', 3)).toBe(1);
    expect(editDistance('kitten', 'sitting', 3)).toBe(3);
    expect(editDistance('a', 'abcdef', 2)).toBe(3);
  });
});
