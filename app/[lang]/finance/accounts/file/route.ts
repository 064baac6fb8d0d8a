import { requireStaff } from '@/lib/auth/session';
import { journal } from '@/lib/bookkeeping/journal';
import { accountingToday } from '@/lib/clock';
import { isLang, type Lang } from '@/lib/i18n/languages';
import { reportCsv } from '@/lib/reports/csv.rules';
import { reportCampaigns } from '@/lib/reports/lists.queries';
import { makeReport } from '@/lib/reports/make.queries';
import { reportPdf } from '@/lib/reports/pdf.gateway';
import type { Report } from '@/lib/reports/report.rules';
import { reportXlsx } from '@/lib/reports/xlsx';
import { staffDb } from '@/lib/staff-db';
import { reportAsk } from '../ask.rules';

const TYPES = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  hledger: 'text/plain; charset=utf-8',
  beancount: 'text/plain; charset=utf-8',
} as const;
type Format = keyof typeof TYPES;

/** The report of the same address as a file. The journals hold both books of all campaigns up to the day. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ lang: string }> },
): Promise<Response> {
  const { lang: given } = await params;
  const lang: Lang = isLang(given) ? given : 'zh-Hans';
  await requireStaff('finance:read', lang);
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const format = (Object.keys(TYPES) as Format[]).find((one) => one === query['format']) ?? 'csv';
  const ask = reportAsk(query, await reportCampaigns(staffDb()), accountingToday());
  const name = `${ask.kind}-${ask.campaign}-${ask.on}`;
  if (format === 'hledger' || format === 'beancount')
    return answer(
      streamed(journal(format, staffDb(), ask.on)),
      format,
      `books-${ask.on}.${format === 'hledger' ? 'journal' : 'beancount'}`,
    );
  const report = await makeReport({ ...ask, lang });
  if (report === null) return new Response(null, { status: 404 });
  return answer(await bytesOf(report, format, lang, ask.on), format, `${name}.${format}`);
}

const bytesOf = async (
  report: Report,
  format: 'pdf' | 'xlsx' | 'csv',
  lang: Lang,
  on: string,
): Promise<BodyInit> => {
  const createdAt = new Date(`${on}T00:00:00Z`);
  switch (format) {
    case 'pdf':
      return Buffer.from(await reportPdf(report, { lang, author: report.lines[0] ?? '', createdAt }));
    case 'xlsx':
      return Buffer.from(reportXlsx(report, createdAt));
    case 'csv':
      return reportCsv(report);
  }
};

const streamed = (parts: AsyncGenerator<string>): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const next = await parts.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(`${next.value}\n`));
    },
  });
};

const answer = (body: BodyInit, format: Format, name: string): Response =>
  new Response(body, {
    headers: {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  });
