import type { Lang } from '@/lib/i18n/languages';
import { campaignFigures, EXAMPLE_DATE } from '../../_ui/examples/figures';
import { exampleRoads } from '../../_ui/examples/roads';
import type { HomeModel } from './home-view';
import type { PublicMove } from './move-list';

type Words = Readonly<Record<Lang, string>>;

const CONTRACTORS = {
  A: { 'zh-Hans': '示例路业有限公司', 'zh-Hant': '示例路業有限公司', en: 'Example Roadworks Co.' },
  B: {
    'zh-Hans': '样本市政工程有限公司',
    'zh-Hant': '樣本市政工程有限公司',
    en: 'Sample Civil Works Co.',
  },
  C: { 'zh-Hans': '虚构筑路合作社', 'zh-Hant': '虛構築路合作社', en: 'Fictional Road Co-operative' },
} satisfies Record<string, Words>;

export const exampleContractor = (lang: Lang, which: keyof typeof CONTRACTORS): string =>
  CONTRACTORS[which][lang];

const REPORT = {
  'zh-Hans': '进展公布（第 {n} 期）',
  'zh-Hant': '進展公布（第 {n} 期）',
  en: 'Progress report no. {n}',
};
const report = (lang: Lang, n: number): string => REPORT[lang].replace('{n}', String(n));

const roadOf = (lang: Lang, code: string): { code: string; name: string } => ({
  code,
  name: exampleRoads.find((road) => road.code === code)?.name[lang] ?? code,
});

/** The home page of the Maling campaign on 30 June 2024. */
export const exampleHome = (lang: Lang): HomeModel => {
  const pay = (
    id: string,
    date: string,
    road: string,
    which: keyof typeof CONTRACTORS,
    fen: bigint,
  ): PublicMove => ({
    id,
    kind: 'payment',
    date,
    amountMinor: -fen,
    road: roadOf(lang, road),
    contractor: exampleContractor(lang, which),
  });
  const gift = (id: string, date: string, fen: bigint, road?: string): PublicMove => ({
    id,
    kind: 'gift',
    date,
    amountMinor: fen,
    road: road === undefined ? null : roadOf(lang, road),
    channel: id === 'G-0167' ? 'card' : 'bank',
  });
  return {
    currency: 'CNY',
    asOf: EXAMPLE_DATE,
    today: EXAMPLE_DATE,
    campaign: {
      slug: 'gen-hun-meng',
      name: {
        'zh-Hans': '“根魂梦·家国情”慈善音乐会',
        'zh-Hant': '「根魂夢·家國情」慈善音樂會',
        en: 'Charity concert “Roots, Soul, Dream · Home and Country”',
      }[lang],
      organiser: {
        'zh-Hans': '中山市侨联',
        'zh-Hant': '中山市僑聯',
        en: 'Zhongshan Federation of Returned Overseas Chinese',
      }[lang],
      place: {
        'zh-Hans': '南区街道马岭社区',
        'zh-Hant': '南區街道馬嶺社區',
        en: 'Maling community, Nanqu, Zhongshan',
      }[lang],
      open: true,
      payElsewhereUrl: null,
    },
    figures: campaignFigures,
    unallocatedMinor: 1_233_687n,
    feesMinor: 126_313n,
    pledges: { count: 171, outstandingMinor: 2_860_000n, overdueMinor: 500_000n },
    contracts: { count: 19, contractors: 3 },
    payments: { count: 45 },
    roads: exampleRoads.map((road) => ({ ...road, name: road.name[lang] })),
    moves: [
      pay('D-0045', '2024-06-28', 'ML-13', 'A', 229_500n),
      gift('G-0171', '2024-06-27', 50_000n),
      gift('G-0170', '2024-06-26', 88_800n, 'ML-24'),
      pay('D-0044', '2024-06-26', 'ML-11', 'C', 199_800n),
      pay('D-0043', '2024-06-25', 'ML-12', 'C', 376_000n),
      gift('G-0169', '2024-06-24', 120_000n),
      gift('G-0167', '2024-06-23', 100_000n),
    ],
    duties: [
      { id: '2', name: report(lang, 2), dueOn: '2024-03-16', doneOn: '2024-03-12', href: `/${lang}/reports` },
      {
        id: 'annual',
        name: { 'zh-Hans': '年度工作报告', 'zh-Hant': '年度工作報告', en: 'Annual report' }[lang],
        dueOn: '2024-05-31',
        doneOn: '2024-05-27',
        href: `/${lang}/reports`,
      },
      { id: '3', name: report(lang, 3), dueOn: '2024-06-16', doneOn: '2024-06-13', href: `/${lang}/reports` },
      { id: '4', name: report(lang, 4), dueOn: '2024-09-16', doneOn: null },
      {
        id: 'full',
        name: {
          'zh-Hans': '募捐结束后三个月内全面公开',
          'zh-Hant': '募捐結束後三個月內全面公開',
          en: 'Full report, within three months of the end',
        }[lang],
        dueOn: '2024-12-15',
        doneOn: null,
      },
    ],
    reports: [],
    corrections: 1,
    curve: [],
    proofs: { checkedOn: EXAMPLE_DATE, offenders: 0 },
  };
};
