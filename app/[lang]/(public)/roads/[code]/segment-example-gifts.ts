import type { Lang } from '@/lib/i18n/languages';
import { sumMinor } from '@/lib/shared/money';
import type { SegmentGift } from './segment-view';

export type Words = readonly [hans: string, hant: string, en: string];
export const inLang = (lang: Lang, [hans, hant, en]: Words): string =>
  ({ 'zh-Hans': hans, 'zh-Hant': hant, en })[lang];

export const EXAMPLE_LENGTH_MM = 48_000;

type Given = readonly [
  id: string,
  name: Words | null,
  date: string,
  minor: bigint,
  usedIn: readonly (readonly [payment: string, minor: bigint])[],
];

const GIVEN: readonly Given[] = [
  [
    'G-0001',
    ['何家五口（澳门）', '何家五口（澳門）', 'The Ho family, Macau'],
    '2023-09-16',
    200_000n,
    [['D-0005', 200_000n]],
  ],
  ['G-0002', null, '2023-09-16', 100_000n, [['D-0005', 100_000n]]],
  ['G-0039', ['郑伯', '鄭伯', 'Uncle Cheng'], '2023-09-17', 50_000n, [['D-0005', 50_000n]]],
  [
    'G-0076',
    ['陈先生（香港）', '陳生（香港）', 'Mr Chan, Hong Kong'],
    '2023-09-19',
    188_000n,
    [
      ['D-0005', 100_000n],
      ['D-0013', 88_000n],
    ],
  ],
  [
    'G-0077',
    ['“乡音”合唱团', '「鄉音」合唱團', 'Hometown Voices choir'],
    '2023-09-20',
    88_800n,
    [['D-0013', 88_800n]],
  ],
  ['G-0081', null, '2023-09-22', 60_000n, [['D-0013', 60_000n]]],
  [
    'G-0083',
    ['马岭小学 1986 届同学', '馬嶺小學 1986 屆同學', 'Class of 1986'],
    '2023-09-25',
    120_000n,
    [['D-0013', 120_000n]],
  ],
  ['G-0087', ['李婆婆', '李婆婆', 'Grandma Lee'], '2023-09-27', 30_000n, [['D-0013', 30_000n]]],
  ['G-0088', null, '2023-09-28', 100_000n, [['D-0013', 100_000n]]],
  [
    'G-0093',
    ['张医生（悉尼）', '張醫生（悉尼）', 'Dr Cheung, Sydney'],
    '2023-10-02',
    81_200n,
    [['D-0013', 81_200n]],
  ],
  [
    'G-0095',
    ['林太太（温哥华）', '林太太（溫哥華）', 'Mrs Lam, Vancouver'],
    '2023-10-08',
    50_000n,
    [
      ['D-0013', 32_000n],
      ['D-0035', 18_000n],
    ],
  ],
  ['G-0097', ['黄老师', '黃老師', 'Teacher Wong'], '2023-10-11', 200_000n, [['D-0035', 200_000n]]],
  ['G-0112', null, '2023-10-16', 132_000n, [['D-0035', 132_000n]]],
  [
    'G-0063',
    ['陈先生（香港）', '陳生（香港）', 'Mr Chan, Hong Kong'],
    '2023-09-18',
    100_000n,
    [['D-0035', 55_000n]],
  ],
];

/** The fourteen gifts of ML-07, each with its stretch of the road. */
export const exampleGifts = (lang: Lang): SegmentGift[] => {
  const total = sumMinor(GIVEN.map(([, , , minor]) => minor));
  const place = (before: bigint): number => Number((BigInt(EXAMPLE_LENGTH_MM) * before) / total);
  return GIVEN.map(([id, name, date, amountMinor, usedIn], index) => {
    const before = sumMinor(GIVEN.slice(0, index).map(([, , , minor]) => minor));
    return {
      id,
      name: name && inLang(lang, name),
      date,
      channel: index < 2 ? 'cash' : 'bank',
      foreign: id === 'G-0093' ? { currency: 'HKD', minor: 87_500n, rate: '0.9280' } : null,
      amountMinor,
      usedIn: usedIn.map(([payment, minor]) => ({ payment, amountMinor: minor })),
      unpaidMinor: 0n,
      retainedMinor: amountMinor - sumMinor(usedIn.map(([, minor]) => minor)),
      fromMm: place(before),
      toMm: place(before + amountMinor),
    };
  });
};
