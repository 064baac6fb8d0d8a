import { sitemapPaths } from '@/lib/disclosure/open-data/sitemap.queries';
import { env } from '@/lib/env';
import { LANGUAGES } from '@/lib/i18n/languages';
import { xmlText } from '@/lib/shared/xml';

export const dynamic = 'force-dynamic';

/** Every public page in every language, each naming the others (sitemaps.org, with xhtml:link alternates). */
export async function GET(): Promise<Response> {
  const paths = await sitemapPaths();
  const address = (lang: string, path: string): string => xmlText(`${env.PUBLIC_URL}/${lang}${path}`);
  const urls = paths.flatMap((path) => {
    const others = LANGUAGES.map(
      (lang) => `<xhtml:link rel="alternate" hreflang="${lang}" href="${address(lang, path)}"/>`,
    ).join('');
    return LANGUAGES.map((lang) => `<url><loc>${address(lang, path)}</loc>${others}</url>`);
  });
  const text = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...urls,
    '</urlset>',
    '',
  ];
  return new Response(text.join('\n'), {
    headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, max-age=300' },
  });
}
