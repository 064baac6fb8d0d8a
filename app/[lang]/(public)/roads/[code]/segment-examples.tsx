import type { Lang } from '@/lib/i18n/languages';
import { EXAMPLE_DATE } from '../../../../_ui/examples/figures';
import { exampleRoads } from '../../../../_ui/examples/roads';
import { exampleContractor } from '../../home-examples';
import { EXAMPLE_LENGTH_MM, exampleGifts, inLang } from './segment-example-gifts';
import type { SegmentModel } from './segment-view';

/** ML-07 of the Maling story on 30 June 2024: finished, inspected, in its warranty. */
export const exampleSegment = (lang: Lang): SegmentModel => {
  const w = (hans: string, hant: string, en: string): string => inLang(lang, [hans, hant, en]);
  const contractor = exampleContractor(lang, 'A');
  const payment = (
    id: string,
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
    people: ['林', '周'],
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
    lengthMm: EXAMPLE_LENGTH_MM,
    widthMm: 3_000,
    thicknessMm: null,
    roadClass: null,
    surface: null,
    households: null,
    linePrivacy: 'exact',
    successors: [],
    succession: null,
    origins: [],
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
    averagePerMetreMinor: 26_900n,
    shortPath: '/r/ML-07',
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
    ],
    gifts: exampleGifts(lang),
    events: [],
    lines: [],
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
    proofs: [
      {
        event: 'contract_signed',
        code: 'C-07-1',
        date: '2023-11-28',
        path: 'C-07-1/contract_signed',
      },
      {
        event: 'acceptance_signed',
        code: 'ML-07',
        date: '2024-04-18',
        path: 'ML-07/acceptance_signed/1',
      },
    ],
    measurements: [
      {
        kind: 'core_thickness',
        station: 'K0+020',
        value: '178.5 mm',
        required: '180 mm',
        short: true,
        date: '2024-01-12',
        report: 'F-0007',
      },
      {
        kind: 'compressive_strength',
        station: 'K0+020',
        value: '32.4 MPa',
        required: '30 MPa',
        short: false,
        date: '2024-01-12',
        report: 'F-0007',
      },
    ],
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
        accepts: true,
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
  thicknessMm: null,
  roadClass: null,
  surface: null,
  households: null,
  linePrivacy: 'exact',
  successors: [],
  succession: null,
  origins: [],
  place: null,
  contractor: null,
  warrantyUntil: null,
  budgetMinor: 625_000n,
  allocatedMinor: 245_000n,
  committedMinor: 0n,
  paidMinor: 0n,
  retentionMinor: 0n,
  averagePerMetreMinor: 26_900n,
  shortPath: '/r/ML-07',
  photographs: [],
  items: [],
  payments: [],
  gifts: [],
  events: [],
  lines: [],
  moves: [{ to: 'approved', date: '2023-10-20' }],
  quotes: [],
  quotesWithheld: null,
  measurements: [],
  documents: [],
  proofs: [],
});
