import { addDays } from '@/lib/shared/time';
import {
  draftReport,
  publishReport,
  recordPlan,
  submitReport,
} from '@/lib/publications/publication.commands';
import type { Cast } from './cast';
import type { Maling } from './maling';
import type { Player } from './player';

/** What was published: due date, the day it was done, and a person's words. All of it is illustrative. */
const REPORTS = [
  [
    'progress_report',
    '2023-12-16',
    '2023-12-11',
    '首批道路已经公开询价并签约，开工前的照片已拍好。捐款按路记账，没有挪作别用。',
  ],
  [
    'progress_report',
    '2024-03-16',
    '2024-03-12',
    '春节后各段陆续复工，垫层完成的路段按监工签认付款。四条路已经通过验收。',
  ],
  [
    'annual_report',
    '2024-05-31',
    '2024-05-27',
    '这一年筹得的善款全部存入专户，收支逐笔公开。手续费由支付平台收取，没有列支管理费用。',
  ],
  [
    'progress_report',
    '2024-06-16',
    '2024-06-13',
    '雨季前完成了主要路段的面层。尚未开工的路段等款项到齐再签约。',
  ],
  ...(
    [
      ['2024-09-16', '2024-09-12'],
      ['2024-12-16', '2024-12-12'],
      ['2025-03-16', '2025-03-12'],
    ] as const
  ).map(([due, done]) => ['progress_report', due, done, quiet()] as const),
  [
    'annual_report',
    '2025-05-31',
    '2025-05-26',
    '年内没有新的募捐，余款仍在专户。质量保证金按合同留存，保修期满、覆验合格才付。',
  ],
  ...(
    [
      ['2025-06-16', '2025-06-12'],
      ['2025-09-16', '2025-09-11'],
      ['2025-12-16', '2025-12-11'],
      ['2026-03-16', '2026-03-12'],
    ] as const
  ).map(([due, done]) => ['progress_report', due, done, quiet()] as const),
  ['annual_report', '2026-05-31', '2026-05-26', '年内没有新的募捐，余款仍在专户，账目与银行对账单核对一致。'],
  ...(
    [
      ['2026-06-16', '2026-06-11'],
      ['2026-09-16', '2026-09-10'],
    ] as const
  ).map(([due, done]) => ['progress_report', due, done, quiet()] as const),
] as const;

function quiet(): string {
  return '本期没有新的收支。已完工的路段在保修期内，村民反映的问题由施工方维修；未完工的路段等待施工安排。';
}

const START = '2023-09-16';

const one = (text: string) => ({ 'zh-Hans': text, 'zh-Hant': text, en: text });

/** Plan, reports and one correction, written by the clerk and approved by the second person. */
export const tellReports = async (player: Player, cast: Cast, maling: Maling): Promise<void> => {
  await tellPlan(player, cast, maling);
  let begin = START;
  let [progress, annual] = [0, 0];
  for (const [kind, due, done, body] of REPORTS) {
    const isAnnual = kind === 'annual_report';
    const no = isAnnual ? (annual += 1) : (progress += 1);
    const year = Number(due.slice(0, 4)) - 1;
    const [from, to] = isAnnual ? [`${year}-01-01`, `${year}-12-31`] : [begin, addDays(done, -1)];
    if (!isAnnual) begin = done;
    await publish(player, cast, maling, `report-${due}`, {
      kind,
      title: isAnnual
        ? {
            'zh-Hans': `${year} 年度工作报告`,
            'zh-Hant': `${year} 年度工作報告`,
            en: `Annual report ${year}`,
          }
        : {
            'zh-Hans': `进展公布（第 ${no} 期）`,
            'zh-Hant': `進展公布（第 ${no} 期）`,
            en: `Progress report no. ${no}`,
          },
      body,
      from,
      to,
      due,
      corrects: null,
      on: done,
    });
  }
  await publish(player, cast, maling, 'correction-1', {
    kind: 'correction',
    title: {
      'zh-Hans': '更正说明：进展公布（第 2 期）',
      'zh-Hant': '更正說明：進展公布（第 2 期）',
      en: 'Correction of progress report no. 2',
    },
    body: '第 2 期进展的文字里写“四条路已经通过验收”，条数写错了：验收以各路段页上的日期为准。金额没有变化。',
    from: '2023-12-11',
    to: '2024-03-11',
    due: null,
    corrects: 'R-0002',
    on: '2024-03-20',
  });
};

const publish = async (
  player: Player,
  cast: Cast,
  maling: Maling,
  key: string,
  report: {
    readonly kind: string;
    readonly title: Readonly<Record<'zh-Hans' | 'zh-Hant' | 'en', string>>;
    readonly body: string;
    readonly from: string;
    readonly to: string;
    readonly due: string | null;
    readonly corrects: string | null;
    readonly on: string;
  },
): Promise<void> => {
  const { code } = await player.act(
    `${key}-draft`,
    draftReport,
    {
      campaign: maling.campaign.slug,
      kind: report.kind,
      title: report.title,
      body: one(report.body),
      originalLang: 'zh-Hans',
      periodFrom: report.from,
      periodTo: report.to,
      dueOn: report.due,
      corrects: report.corrects,
    },
    cast.lin,
  );
  const { contentHash } = await player.act(
    `${key}-submit`,
    submitReport,
    { report: code, on: report.on },
    cast.lin,
  );
  await player.act(
    `${key}-publish`,
    publishReport,
    { report: code, seenHash: contentHash, on: report.on },
    cast.zhou,
  );
};

const tellPlan = async (player: Player, cast: Cast, maling: Maling): Promise<void> => {
  await player.act(
    'plan',
    recordPlan,
    {
      campaign: maling.campaign.slug,
      mode: 'public',
      purpose: one('为马岭社区 24 条泥路硬底化筹款，方便村民出行。'),
      area: one('广东省中山市，面向社会公众。'),
      personInCharge: one('示意：活动负责人'),
      office: one('示意：中山市侨联办公地址'),
      waysToGive: one('义演现场现金、银行转账、支票，线上银行卡、支付宝、微信支付。'),
      bankAccount: one('示意：募捐专用账户，账号在正式备案后公布'),
      beneficiaries: one('马岭社区村民。'),
      uses: one('全部用于 24 条道路的路基、垫层、面层和边沟工程。'),
      costs: one('不提取管理费；只列支支付平台和银行收取的手续费。'),
      surplus: one('如有剩余，用于同一社区道路的养护；不足以实施时，按捐赠人意愿退还。'),
      partners: [
        {
          name: {
            'zh-Hans': '马岭社区居民委员会',
            'zh-Hant': '馬嶺社區居民委員會',
            en: 'Maling community residents’ committee',
          },
          role: one('示意：提出修路名单，组织村民代表参加验收。'),
        },
      ],
      contact: one('示意：office@example.invalid'),
      complaints: one('示意：先向主办方反映，也可以向中山市民政部门举报。'),
      filedOn: '2023-08-28',
      reason: null,
      seenVersion: 0,
      on: '2023-08-28',
    },
    cast.lin,
  );
};
