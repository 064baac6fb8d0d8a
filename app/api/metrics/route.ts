import { createHash, timingSafeEqual } from 'node:crypto';
import { primary } from '@/lib/auth/primary';
import { env } from '@/lib/env';
import { metricsText } from '@/lib/jobs/metrics';

export const dynamic = 'force-dynamic';

/**
 * Figures for Prometheus, for who holds METRICS_TOKEN (`Authorization: Bearer …`). Without that setting, and for
 * everybody else, the address does not exist.
 */
export const GET = async (request: Request): Promise<Response> => {
  if (!holdsToken(request.headers.get('authorization'))) return new Response('Not found', { status: 404 });
  return new Response(await metricsText(primary()), {
    headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8', 'Cache-Control': 'no-store' },
  });
};

/** Compared as hashes, so that neither the length nor the place of a difference shows in the time taken. */
const holdsToken = (header: string | null): boolean => {
  const token = env.METRICS_TOKEN;
  if (token === undefined || header === null) return false;
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(header), hash(`Bearer ${token}`));
};
