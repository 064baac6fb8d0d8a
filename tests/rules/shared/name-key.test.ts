import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nameKeys, simplified } from '@/lib/shared/name-key';
import { contractData } from '../../support/contract-data';

type OpenccCases = { cases: { id: string; input: string; expected: Record<string, string> }[] };

describe('names in two scripts', () => {
  it.each([
    ['陳大文', '陈大文'],
    ['黃老師', '黄老师'],
    ['鍾麗霞', '钟丽霞'],
    ['葉氏宗親會', '叶氏宗亲会'],
    ['歐陽 娜娜', '欧阳·娜娜'],
    ['Chan Tai-Man', 'CHAN TAI MAN'],
    ['Chan Taiman', 'chan tai-man'],
    ['Zoë Müller', 'ZOE MULLER'],
    ["O'Connor, Siobhán", 'oconnor siobhan'],
    ['Đặng Thị Mỹ', 'dang thi my'],
    ['ＬＥＥ　Ｆｏｎｇ', 'Lee Fong'],
  ])('%s meets %s', async (one, other) =>
    expect((await nameKeys(one)).same).toBe((await nameKeys(other)).same),
  );

  it('meets with the family name first or last', async () => {
    const keys = await Promise.all(['Tai Man Chan', 'Chan Tai-Man', 'CHAN, Tai Man'].map(nameKeys));
    expect(new Set(keys.map((key) => key.anyOrder))).toEqual(new Set(['chan man tai']));
  });

  it('keeps different people apart', async () => {
    const names = ['陈大文', '陈大明', '程大文', 'Chan Tai Man', 'Chan Tai Ming', 'Chen Dawen'];
    const keys = await Promise.all(names.map(nameKeys));
    expect(new Set(keys.map((key) => key.same)).size).toBe(names.length);
  });

  it('hints at the family name across scripts and dialects', async () => {
    for (const name of ['陳大文', '陈', 'Chan Tai Man', 'Chen Dawen', 'Tan Ah Kow', 'Tai Man CHAN'])
      expect((await nameKeys(name)).surnames, name).toContain('陈');
    expect((await nameKeys('歐陽修')).surnames).toEqual(['欧阳']);
    expect((await nameKeys('Szeto Wah')).surnames).toEqual(['司徒']);
    expect((await nameKeys('Maria Silva')).surnames).toEqual([]);
    expect((await nameKeys('Madonna')).surnames).toEqual([]);
  });

  it('never fails on a strange name', async () => {
    const naughty = JSON.parse(readFileSync(contractData('text', 'blns', 'blns.json'), 'utf8')) as string[];
    for (const typed of naughty) expect(typeof (await nameKeys(typed)).same).toBe('string');
  });
});

describe('simplified characters', () => {
  const { cases } = JSON.parse(
    readFileSync(contractData('text', 'opencc', 'testcases-even.json'), 'utf8'),
  ) as OpenccCases;
  const pairs = cases.flatMap(({ id, input, expected }) =>
    (['t', 'hk'] as const).flatMap((from) => {
      const output = expected[`${from}2s`];
      return output === undefined ? [] : [{ id, from, input, output }];
    }),
  );

  it('agrees with the published pairs', async () => {
    expect(pairs.length).toBeGreaterThan(0);
    const apart: string[] = [];
    for (const { id, from, input, output } of pairs)
      if ((await simplified(input, from)) !== output) apart.push(id);
    // The library leaves one rare character outside the phrase it knows (圞); more than that would be a change.
    expect(apart.length / pairs.length, apart.join(' ')).toBeLessThanOrEqual(0.05);
  });

  it('agrees with the long text of Hong Kong characters', async () => {
    const hongKong = readFileSync(
      contractData('text', 'opencc', 'golden', 'us_constitution_zhs.s2hk.txt'),
      'utf8',
    );
    const plain = readFileSync(contractData('text', 'opencc', 'golden', 'us_constitution_zhs.txt'), 'utf8');
    const back = [...(await simplified(hongKong))];
    const wrong = [...plain].filter((character, index) => character !== back[index]);
    expect(back.length).toBe([...plain].length);
    // The way there and back is not one to one (覆 and 复, 著 and 着): a few characters may stay apart.
    expect(wrong.length / back.length).toBeLessThan(0.002);
  });
});
