import type { Lang } from '@/lib/i18n/languages';
import { sumMinor } from '@/lib/shared/money';
import { EXAMPLE_DATE } from '../../../../_ui/examples/figures';
import { exampleRoads } from '../../../../_ui/examples/roads';
import { exampleContractor } from '../../home-examples';
import { AcceptanceSeal } from './segment-documents';
import type { SegmentGift, SegmentModel } from './segment-view';

type Words = readonly [hans: string, hant: string, en: string];
const inLang = (lang: Lang, [hans, hant, en]: Words): string =>
  ({ 'zh-Hans': hans, 'zh-Hant': hant, en })[lang];

const LENGTH_MM = 48_000;

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

const gifts = (lang: Lang): SegmentGift[] => {
  const total = sumMinor(GIVEN.map(([, , , minor]) => minor));
  const place = (before: bigint): number => Number((BigInt(LENGTH_MM) * before) / total);
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
      retainedMinor: amountMinor - sumMinor(usedIn.map(([, minor]) => minor)),
      fromMm: place(before),
      toMm: place(before + amountMinor),
    };
  });
};

/** ML-07 of the Maling story on 30 June 2024: finished, inspected, in its warranty. */
export const exampleSegment = (lang: Lang): SegmentModel => {
  const w = (hans: string, hant: string, en: string): string => inLang(lang, [hans, hant, en]);
  const contractor = exampleContractor(lang, 'A');
  const payment = (
    id: string | null,
    date: string,
    stage: SegmentModel['payments'][number]['stage'],
    percent: number,
    amountMinor: bigint,
    kinds: readonly ('invoice' | 'sheet' | 'photo')[],
  ): SegmentModel['payments'][number] => ({
    id,
    date,
    payee: contractor,
    stage,
    percent,
    amountMinor,
    evidence: kinds.map((kind) => ({ kind, href: `/files/ML-07-${id}-${kind}` })),
    maker: id === null ? null : '林',
    checker: id === null ? null : '周',
  });
  const item = (name: string, budgetMinor: bigint, contractMinor: bigint, paidMinor: bigint) => ({
    name,
    budgetMinor,
    contractMinor,
    paidMinor,
  });
  const photograph = (
    stage: 'before' | 'during' | 'after',
    takenOn: string,
    caption: string,
    originalSha256: string,
  ): SegmentModel['photographs'][number] => ({
    stage,
    takenOn,
    caption,
    originalSha256,
    picture: null,
    by: w('现场员 何', '現場員 何', 'inspector He'),
  });
  const doc = (id: string, title: string, date: string, pages: number, sha256: string) => ({
    id,
    title,
    date,
    pages,
    sha256,
    href: `/files/${id}`,
    redacted: true,
  });
  return {
    campaign: 'gen-hun-meng',
    code: 'ML-07',
    name: w('禾场路', '禾場路', 'Threshing Floor Road'),
    state: 'in_warranty',
    lengthMm: LENGTH_MM,
    widthMm: 3_000,
    place: w('学堂路口至禾场', '學堂路口至禾場', 'from the school corner to the threshing floor'),
    contractor,
    warrantyUntil: '2025-04-18',
    currency: 'CNY',
    asOf: EXAMPLE_DATE,
    roads: exampleRoads.map((road) => ({
      ...road,
      name: road.name[lang],
      href: `/${lang}/roads/${road.code}`,
    })),
    budgetMinor: 1_500_000n,
    allocatedMinor: 1_500_000n,
    committedMinor: 1_500_000n,
    paidMinor: 1_455_000n,
    retentionMinor: 45_000n,
    photographs: [
      photograph(
        'before',
        '2023-10-19',
        w('泥路', '泥路', 'mud road'),
        '41a2060bd558dcb10d539acaa0e3dbada274efd195ab86767edc630b852ce4db',
      ),
      photograph(
        'during',
        '2024-01-19',
        w('碎石垫层', '碎石墊層', 'gravel base'),
        '689df23adc3b66720a7a9be6ef80b09317d50c18802bf839208f9f4bf459edda',
      ),
      photograph(
        'after',
        '2024-04-17',
        w('沥青路面', '瀝青路面', 'asphalt'),
        'cb560a0b8fa51b8454898b5bdf63b2c3a6ddb3232ea4e0a314d70eb9eed74f5d',
      ),
    ],
    items: [
      item(w('路基整平、压实', '路基整平、壓實', 'Levelling and rolling'), 300_000n, 290_000n, 281_300n),
      item(w('碎石垫层 15 厘米', '碎石墊層 15 厘米', 'Gravel base, 15 cm'), 420_000n, 430_000n, 417_100n),
      item(w('沥青面层 6 厘米', '瀝青面層 6 厘米', 'Asphalt surface, 6 cm'), 630_000n, 625_000n, 606_250n),
      item(w('边沟 48 米', '邊溝 48 米', 'Side drain, 48 m'), 150_000n, 155_000n, 150_350n),
    ],
    payments: [
      payment('D-0005', '2023-12-08', 'advance', 30, 450_000n, ['invoice', 'photo']),
      payment('D-0013', '2024-01-26', 'base', 40, 600_000n, ['invoice', 'photo']),
      payment('D-0035', '2024-04-26', 'acceptance', 27, 405_000n, ['invoice', 'sheet', 'photo']),
      payment(null, '2025-04-18', 'retention', 3, 45_000n, []),
    ],
    gifts: gifts(lang),
    moves: [
      {
        to: 'approved',
        date: '2023-10-20',
        detail: w(
          '村民小组签字确认了走向和宽度',
          '村民小組簽字確認了走向和闊度',
          'The villagers’ group signed for line and width',
        ),
      },
      {
        to: 'funded',
        date: '2023-11-10',
        detail: w(
          '14 份捐款分配到这条路，两人签批',
          '14 份捐款分配到這條路，兩人簽批',
          '14 gifts allocated, two people signed',
        ),
      },
      {
        to: 'contracted',
        date: '2023-11-28',
        detail: w('三家报价，取最低', '三家報價，取最低', 'The lowest of three quotes'),
      },
      { to: 'in_progress', date: '2023-12-11' },
      {
        to: 'inspection',
        date: '2024-04-09',
        detail: w(
          '钻芯取样 2 处，厚度合格',
          '鑽芯取樣 2 處，厚度合格',
          'Two cores drilled, thickness as agreed',
        ),
      },
      {
        to: 'accepted',
        date: '2024-04-18',
        detail: w(
          '三人签字，都不是上传照片的人',
          '三人簽字，都不是上傳照片的人',
          'Three signatures, none of them the photographer’s',
        ),
      },
      { to: 'in_warranty', date: '2024-04-19' },
    ],
    quotes: [
      { contractor, amountMinor: 1_500_000n, chosen: true },
      { contractor: exampleContractor(lang, 'B'), amountMinor: 1_586_000n, chosen: false },
      { contractor: exampleContractor(lang, 'C'), amountMinor: 1_624_000n, chosen: false },
    ],
    quotesWithheld: {
      opens: '2025-04-18',
      reason: w(
        '含单价，保修期满后公开',
        '含單價，保固期滿後公開',
        'contains unit prices; opens when the warranty ends',
      ),
    },
    documents: [
      doc(
        'C-07-1',
        w('施工合同 C-07-1', '施工合約 C-07-1', 'Contract C-07-1'),
        '2023-11-28',
        12,
        '27f9771b5dd9616895b2cf063e0331bfe766a8f80eae88b0765a5facda381fdf',
      ),
      doc(
        'D-0005',
        w('发票（开工预付）', '發票（開工預付）', 'Invoice, advance'),
        '2023-12-08',
        1,
        'a7d3b26079f1f72626129b67c47b01b2b231b6662be2cf19e57df3556857c6fc',
      ),
      doc(
        'D-0013',
        w('发票（垫层完成）', '發票（墊層完成）', 'Invoice, base laid'),
        '2024-01-26',
        1,
        '47d4126fe4f5be58b268e07ca37096a427bd6effec513c849d25dc404d2ecc4e',
      ),
      {
        ...doc(
          'ACC-07',
          w('竣工验收单', '竣工驗收單', 'Acceptance sheet'),
          '2024-04-18',
          4,
          'e4c211d707be64cc48b9977e126b30343d194b590e9a85a6ba92950c06fe542f',
        ),
        seal: <AcceptanceSeal lang={lang} />,
      },
      doc(
        'D-0035',
        w('发票（验收合格）', '發票（驗收合格）', 'Invoice, passed inspection'),
        '2024-04-26',
        1,
        '9e7c79d5968edb19cbfb83f687060d6fa633f63f0c5cfa193c8b16ee9fa2fbf6',
      ),
    ],
  };
};

/** ML-22: planned, partly funded, nothing contracted, photographed or paid yet; every list is still empty. */
export const exampleEmptySegment = (lang: Lang): SegmentModel => ({
  ...exampleSegment(lang),
  code: 'ML-22',
  name: inLang(lang, ['长寿巷', '長壽巷', 'Longevity Lane']),
  state: 'approved',
  lengthMm: 25_000,
  widthMm: 2_500,
  place: null,
  contractor: null,
  warrantyUntil: null,
  budgetMinor: 625_000n,
  allocatedMinor: 245_000n,
  committedMinor: 0n,
  paidMinor: 0n,
  retentionMinor: 0n,
  photographs: [],
  items: [],
  payments: [],
  gifts: [],
  moves: [{ to: 'approved', date: '2023-10-20' }],
  quotes: [],
  quotesWithheld: null,
  documents: [],
});
