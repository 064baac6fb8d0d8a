import { auditTrail, type TrailRow } from '@/lib/audit/audit.queries';
import { requireStaff } from '@/lib/auth/session';
import { isLang } from '@/lib/i18n/languages';
import { csvHeader, csvLine, type CsvColumn } from '@/lib/shared/csv';
import { trailFilter } from '../trail-filter';

const PAGE = 1_000;

const COLUMNS: readonly CsvColumn<TrailRow>[] = [
  { name: 'id', kind: 'text', value: (row) => String(row.id) },
  { name: 'recorded_at', kind: 'text', value: (row) => row.at.toISOString() },
  { name: 'who', kind: 'text', value: (row) => row.who },
  { name: 'command', kind: 'text', value: (row) => row.command },
  { name: 'event', kind: 'text', value: (row) => row.event },
  { name: 'thing_kind', kind: 'text', value: (row) => row.thingKind },
  { name: 'thing', kind: 'text', value: (row) => row.thing },
  { name: 'before', kind: 'text', value: (row) => row.from ?? '' },
  { name: 'after', kind: 'text', value: (row) => row.to ?? '' },
  { name: 'details', kind: 'text', value: (row) => JSON.stringify(row.details) },
  { name: 'input_hash', kind: 'text', value: (row) => row.inputHash },
  { name: 'approved_sha256', kind: 'text', value: (row) => row.approvedHash ?? '' },
  { name: 'leaf_index', kind: 'text', value: (row) => (row.leaf === null ? '' : String(row.leaf)) },
];

/** The trail as CSV, with the same search; written page by page, so that a long trail needs no memory. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ lang: string }> },
): Promise<Response> {
  const { lang } = await params;
  await requireStaff('finance:read', isLang(lang) ? lang : 'zh-Hans');
  const filter = trailFilter(Object.fromEntries(new URL(request.url).searchParams));
  const encoder = new TextEncoder();
  let before = filter.before;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(csvHeader(COLUMNS))),
    pull: async (controller) => {
      const rows = await auditTrail({ ...filter, before }, PAGE);
      controller.enqueue(encoder.encode(rows.map((row) => csvLine(COLUMNS, row)).join('')));
      before = rows.at(-1)?.id;
      if (rows.length < PAGE) controller.close();
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="audit-trail.csv"',
      'cache-control': 'no-store',
    },
  });
}
