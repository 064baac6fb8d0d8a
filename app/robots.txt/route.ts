import { env } from '@/lib/env';

export const dynamic = 'force-dynamic';

/** Everything public may be read by search engines; desks and giving steps say nothing to anyone else. */
export function GET(): Response {
  const closed = ['finance', 'account', 'sign-in', 'give', 'gifts'].map((part) => `Disallow: /*/${part}`);
  const text = [
    'User-agent: *',
    ...closed,
    'Disallow: /embed/',
    'Disallow: /language',
    `Sitemap: ${env.PUBLIC_URL}/sitemap.xml`,
    '',
  ];
  return new Response(text.join('\n'), {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  });
}
