import { monthText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { campaignFigures, EXAMPLE_DATE } from '../../../_ui/examples/figures';
import { exampleRoads } from '../../../_ui/examples/roads';
import { exampleContractor } from '../home-examples';
import type { PublicChannel } from '../move-list';
import type { LedgerEntry, LedgerModel } from './ledger-view';

type Which = Parameters<typeof exampleContractor>[1];

/** The ledger of June 2024 in the Maling story: 22 of its entries on the first page. */
export const exampleLedger = (lang: Lang): LedgerModel => {
  const roads = exampleRoads.map(({ code, name }) => ({ code, name: name[lang] }));
  const roadOf = (code: string | null) => roads.find((road) => road.code === code) ?? null;
  let leaf = 684;
  const entry = (
    kind: LedgerEntry['kind'],
    subject: string,
    date: string,
    amountMinor: bigint,
    road: string | null,
    more: Partial<LedgerEntry> = {},
  ): LedgerEntry => ({
    id: `E-${subject}`,
    kind,
    subject,
    date,
    amountMinor,
    road: roadOf(road),
    leaf: (leaf -= 1),
    ...more,
  });
  const gift = (id: string, date: string, fen: bigint, channel: PublicChannel, road: string | null = null) =>
    entry('gift', id, date, fen, road, { channel });
  const pay = (id: string, date: string, fen: bigint, road: string, which: Which) =>
    entry('payment', id, date, -fen, road, { contractor: exampleContractor(lang, which) });
  const allocate = (id: string, fen: bigint, road: string) =>
    entry('allocation', id, '2024-06-20', fen, road);
  return {
    currency: 'CNY',
    asOf: EXAMPLE_DATE,
    signed: 684,
    flow: {
      ...campaignFigures,
      feesMinor: 126_313n,
      unallocatedMinor: 1_233_687n,
      certifiedMinor: 21_133_000n,
      channels: [
        { channel: 'bank', minor: 21_831_600n },
        { channel: 'cash', minor: 3_498_600n },
        { channel: 'alipay', minor: 1_833_200n },
        { channel: 'card', minor: 1_681_200n },
        { channel: 'wechat_pay', minor: 1_155_400n },
      ],
      contractors: [
        { name: exampleContractor(lang, 'A'), minor: 8_526_300n },
        { name: exampleContractor(lang, 'B'), minor: 8_165_600n },
        { name: exampleContractor(lang, 'C'), minor: 3_576_700n },
      ],
    },
    period: monthText('2024-06', lang),
    count: 23,
    countedMost: 5_000,
    namesLeftOut: null,
    filter: {
      kinds: ['gift', 'allocation', 'contract', 'payment'],
      road: null,
      contractor: null,
      subject: null,
      text: null,
      from: '2024-06-01',
      to: '2024-06-30',
      least: null,
      most: null,
    },
    active: [{ name: '2024-06-01 – 2024-06-30', withoutHref: `/${lang}/ledger` }],
    kinds: [
      { kind: 'gift', count: 11 },
      { kind: 'allocation', count: 5 },
      { kind: 'contract', count: 1 },
      { kind: 'payment', count: 6 },
      { kind: 'refund', count: 0 },
      { kind: 'correction', count: 0 },
    ],
    roads,
    contractors: [
      { code: 'CO-A', name: exampleContractor(lang, 'A') },
      { code: 'CO-B', name: exampleContractor(lang, 'B') },
      { code: 'CO-C', name: exampleContractor(lang, 'C') },
    ],
    sums: [
      { kind: 'gift', minor: 593_200n },
      { kind: 'allocation', minor: 2_475_000n },
      { kind: 'contract', minor: 910_000n },
      { kind: 'payment', minor: -2_233_200n },
    ],
    entries: [
      entry('payment', 'D-0045', '2024-06-28', -229_500n, 'ML-13', {
        contractor: exampleContractor(lang, 'A'),
        leaf: null,
      }),
      gift('G-0171', '2024-06-27', 50_000n, 'bank'),
      gift('G-0170', '2024-06-26', 88_800n, 'bank', 'ML-24'),
      pay('D-0044', '2024-06-26', 199_800n, 'ML-11', 'C'),
      pay('D-0043', '2024-06-25', 376_000n, 'ML-12', 'C'),
      gift('G-0169', '2024-06-24', 120_000n, 'bank'),
      gift('G-0168', '2024-06-23', 18_800n, 'wechat_pay'),
      gift('G-0167', '2024-06-23', 100_000n, 'card'),
      gift('G-0166', '2024-06-22', 30_000n, 'wechat_pay', 'ML-23'),
      gift('G-0165', '2024-06-22', 50_000n, 'alipay'),
      gift('G-0164', '2024-06-21', 16_800n, 'wechat_pay', 'ML-22'),
      gift('G-0163', '2024-06-21', 20_000n, 'alipay'),
      pay('D-0042', '2024-06-21', 612_900n, 'ML-05', 'B'),
      allocate('A-24-1', 655_000n, 'ML-24'),
      allocate('A-23-1', 360_000n, 'ML-23'),
      allocate('A-22-1', 245_000n, 'ML-22'),
      allocate('A-21-1', 695_000n, 'ML-21'),
      allocate('A-16-1', 520_000n, 'ML-16'),
      pay('D-0041', '2024-06-14', 483_000n, 'ML-19', 'B'),
      entry('contract', 'C-20-1', '2024-06-12', 910_000n, 'ML-20', {
        contractor: exampleContractor(lang, 'C'),
      }),
      gift('G-0162', '2024-06-10', 88_800n, 'bank'),
      pay('D-0040', '2024-06-05', 332_000n, 'ML-15', 'C'),
    ],
    newerHref: null,
    olderHref: `/${lang}/ledger?before=E-D-0040`,
    href: `/${lang}/ledger?from=2024-06-01&to=2024-06-30`,
    apiHref: '/api/v1/entries?from=2024-06-01&to=2024-06-30',
  };
};
