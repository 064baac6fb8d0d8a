import { restOfSession } from '@/lib/auth/session';

/**
 * Whose session this browser has and how long it lasts if nothing is done in it. A page asks before it takes itself
 * away; asking keeps no session alive.
 */
export async function GET(): Promise<Response> {
  const rest = await restOfSession();
  return Response.json(
    { session: rest?.sessionId ?? null, secondsLeft: rest?.secondsLeft ?? 0 },
    { headers: { 'Cache-Control': 'no-store' } },
  );
}
