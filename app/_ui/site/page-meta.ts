import type { Metadata } from 'next';
import { LANGUAGES, type Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { Machines } from './machines';

const LOCALE: Record<Lang, string> = { 'zh-Hans': 'zh_CN', 'zh-Hant': 'zh_HK', en: 'en_GB' };

/**
 * What search engines and messengers are told of a page: title, description, its one address, the same page in the
 * other languages, and the picture that stands beside a shared link.
 *
 * @param path the address below the language, without a query: `/roads/ML-07`, empty for the home page
 * @param picture the address of its picture below the language; the campaign's own where there is none
 * @param machines the same facts for programs: feeds, calendars, records
 */
export const pageMeta = (
  lang: Lang,
  path: string,
  {
    title,
    description,
    picture = '/share.png',
    machines = {},
  }: { title: string; description: string; picture?: string; machines?: Machines },
): Metadata => ({
  title,
  description,
  alternates: {
    canonical: `/${lang}${path}`,
    languages: {
      ...Object.fromEntries(LANGUAGES.map((each) => [each, `/${each}${path}`])),
      'x-default': `/zh-Hans${path}`,
    },
    types: machines,
  },
  openGraph: {
    type: 'website',
    siteName: words(lang, 'common')('brand'),
    locale: LOCALE[lang],
    url: `/${lang}${path}`,
    title,
    description,
    images: [{ url: `/${lang}${picture}`, width: 1200, height: 630, alt: title }],
  },
  twitter: { card: 'summary_large_image', title, description },
});
