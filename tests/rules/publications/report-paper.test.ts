import { expect, test } from 'vitest';
import { reportPaper } from '@/app/[lang]/(public)/reports/[number]/pdf/report-paper';
import type { ReportModel } from '@/app/[lang]/(public)/reports/[number]/report-model';
import { reportPdf } from '@/lib/files/pdf-report.gateway';
import { packOf, type ReportFigures } from '@/lib/disclosure/report.rules';

const one = (text: string) => ({ 'zh-Hans': text, 'zh-Hant': text, en: text });
const stages = {
  received: '30000000',
  allocated: '0',
  committed: '0',
  paid: '100',
  unallocated: '0',
  fees: '0',
  returned: '0',
};
const figures: ReportFigures = {
  version: 1,
  currency: 'CNY',
  at: stages,
  during: stages,
  pledged: { count: 0, minor: '0' },
  channels: [{ channel: 'other', gifts: 6, minor: '100' }],
  payments: Array.from({ length: 70 }, (_, index) => ({
    code: `D-${String(index + 1).padStart(4, '0')}`,
    segment: 'ML-07',
    contractor: one('示例路业有限公司'),
    paidOn: '2024-01-26',
    minor: '100',
  })),
  roads: [
    { code: 'ML-07', name: one('禾场路'), status: 'accepted', lengthMm: 48_000, budgetMinor: '1500000' },
  ],
};
const model: ReportModel = {
  report: {
    code: 'R-0002',
    kind: 'progress_report',
    title: one('进展公布'),
    body: one('各段陆续复工。'),
    originalLang: 'zh-Hans',
    periodFrom: '2023-12-11',
    periodTo: '2024-03-11',
    dueOn: '2024-03-16',
    publishedOn: '2024-03-12',
    contentHash: 'a'.repeat(64),
    figures,
  },
  corrects: null,
  correctedBy: 'R-0017',
  organiser: one('中山市侨联'),
  pack: packOf(
    { name: one('义演'), filingNo: null, legalHost: null, startsOn: '2023-09-16', endsOn: '2027-12-31' },
    null,
    figures,
  ),
};

test('a report of several pages is printed in each language, and twice the same', async () => {
  for (const lang of ['zh-Hans', 'zh-Hant', 'en'] as const) {
    const paper = reportPaper(lang, model);
    const bytes = await reportPdf(paper);
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
    const pages =
      Buffer.from(bytes)
        .toString('latin1')
        .match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(2);
    expect(paper.notices.join('')).toContain('R-0017');
    expect(await reportPdf(paper)).toEqual(bytes);
  }
  expect(reportPaper('zh-Hant', model).sections[0]?.paragraphs?.join('')).toContain('各段陸續復工');
});
