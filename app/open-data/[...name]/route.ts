import { accountingToday } from '@/lib/clock';
import { bytesOf, openFile } from '@/lib/disclosure/open-data/exports';
import { feedFile } from '@/lib/disclosure/open-data/feeds';
import { openSnapshot, type Snapshot } from '@/lib/disclosure/open-data/snapshot';
import { env } from '@/lib/env';
import { isKnown, notFound, problem, versionHeaders, withinBudget } from '@/lib/server/open-data-answer';
import { readPathParts } from '@/lib/shared/storable';

type Context = { params: Promise<{ name: string[] }> };

/** Whole files of open data and feeds, each from one snapshot, streamed. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const name = readPathParts((await params).name)?.join('/') ?? '';
  const file = openFile(name, env.PUBLIC_URL) ?? feedFile(name, env.PUBLIC_URL);
  if (!file) return notFound();
  const budget = await withinBudget(request, 'open_export_per_network');
  if (budget instanceof Response) return budget;
  const snapshot = await openSnapshot().catch(() => null);
  if (!snapshot)
    return problem(503, 'busy', 'Too many files are being read at once.', {}, { 'retry-after': '10' });
  // With the day, which opens what was withheld until it.
  const etag = `"v${snapshot.version}.${accountingToday()}"`;
  const headers = {
    ...versionHeaders(etag),
    ...budget.headers,
    'content-type': file.mediaType,
  };
  if (isKnown(request, etag)) {
    await snapshot.close();
    return new Response(null, { status: 304, headers });
  }
  return new Response(streamed(bytesOf(file, snapshot.db), snapshot), { headers });
}

/** Reads on only as fast as the visitor takes it; the snapshot ends with the download, however that ends. */
const streamed = (bytes: AsyncGenerator<Uint8Array>, snapshot: Snapshot): ReadableStream<Uint8Array> =>
  new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const { done, value } = await bytes.next();
          if (!done) return controller.enqueue(value);
          await snapshot.close();
          controller.close();
        } catch (error) {
          await snapshot.close().catch(() => undefined);
          controller.error(error);
        }
      },
      cancel: async () => {
        await bytes.return(undefined).catch(() => undefined);
        await snapshot.close();
      },
    },
    { highWaterMark: 0 },
  );
