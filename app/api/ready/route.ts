import { primary } from '@/lib/auth/primary';
import { readiness, type Readiness } from '@/lib/jobs/readiness';
import { isLeaving } from '@/lib/server/leaving';

export const dynamic = 'force-dynamic';

const KEPT_MS = 2_000;
let kept: { readonly at: number; readonly answer: Promise<Readiness> } | undefined;

/** What a proxy must know of this one process; a worker that is away is no reason to send nobody here. */
const OWN = ['database', 'schema'] as const;

/**
 * 200 when the whole installation does its work, 503 with the reason when not: for monitoring. With `?for=proxy` only
 * whether requests may be sent to this process: for who shares them out among several. A process that was told to end
 * says no to both. Asked often, it looks once in two seconds.
 */
export const GET = async (request: Request): Promise<Response> => {
  const now = performance.now();
  if (kept === undefined || now - kept.at > KEPT_MS) kept = { at: now, answer: readiness(primary()) };
  const { ready: whole, checks } = await kept.answer;
  const forProxy = new URL(request.url).searchParams.get('for') === 'proxy';
  const ready = !isLeaving() && (forProxy ? OWN.every((name) => checks[name].ok) : whole);
  return Response.json(
    { status: isLeaving() ? 'leaving' : ready ? 'ready' : 'not_ready', checks },
    { status: ready ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  );
};
