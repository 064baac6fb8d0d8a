import { env } from '@/lib/env';

export const dynamic = 'force-dynamic';

/** Everything public may be read by search engines, and the first page of giving; desks and later steps say nothing to them. */
export function GET(): Response {
  const closed = ['finance', 'account', 'sign-in', 'give', 'gifts'].map((part) => `Disallow: /*/${part}`);
  const text = [
    'User-agent: *',
    ...closed,
    // The longest rule that fits counts (RFC 9309, section 2.2.2); `$` is the end of an address.
    'Allow: /*/give$',
    'Disallow: /embed/',
    'Disallow: /language',
    `Sitemap: ${env.PUBLIC_URL}/sitemap.xml`,
    '',
  ];
  return new Response(text.join('\n'), {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  });
}
