export const dynamic = 'force-dynamic';

/** This process answers. Says nothing of the database: a process must not be restarted because that is away. */
export const GET = (): Response =>
  Response.json({ status: 'ok' }, { headers: { 'Cache-Control': 'no-store' } });
