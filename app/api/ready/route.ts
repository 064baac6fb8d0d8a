import { primary } from '@/lib/auth/primary';
import { readiness, type Readiness } from '@/lib/jobs/readiness';

export const dynamic = 'force-dynamic';

const KEPT_MS = 2_000;
let kept: { readonly at: number; readonly answer: Promise<Readiness> } | undefined;

/** 200 when this server can do its work, 503 with the reason when not. Asked often, it looks once in two seconds. */
export const GET = async (): Promise<Response> => {
  const now = performance.now();
  if (kept === undefined || now - kept.at > KEPT_MS) kept = { at: now, answer: readiness(primary()) };
  const { ready, checks } = await kept.answer;
  return Response.json(
    { status: ready ? 'ready' : 'not_ready', checks },
    { status: ready ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  );
};
