import { env } from '@/lib/env';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';

/** What programs find from a page: media type → addresses, as `<link rel="alternate">` of its head. */
export type Machines = Readonly<Record<string, { readonly url: string; readonly title: string }[]>>;

const embedOf = (lang: Lang, path: string): Machines => {
  const url = encodeURIComponent(`${env.PUBLIC_URL}/${lang}${path}`);
  return {
    'application/json+oembed': [
      { url: `/api/oembed?format=json&url=${url}`, title: words(lang, 'openData')('embedTitle') },
    ],
  };
};

/** The newest entries as a feed, the duties as a calendar, and the road bar to be framed. */
export const campaignMachines = (lang: Lang, slug: string): Machines => {
  const t = words(lang, 'openData');
  return {
    'application/atom+xml': [
      { url: `/open-data/feeds/${lang}/campaigns/${slug}.atom`, title: t('feed.campaign') },
    ],
    'text/calendar': [{ url: `/open-data/feeds/${lang}/campaigns/${slug}.ics`, title: t('calendar.link') }],
    'application/json': [{ url: `/api/v1/campaigns/${slug}`, title: t('apiTitle') }],
    ...embedOf(lang, ''),
  };
};

export const roadMachines = (lang: Lang, code: string): Machines => {
  const t = words(lang, 'openData');
  return {
    'application/atom+xml': [
      { url: `/open-data/feeds/${lang}/roads/${code}.atom`, title: t('feed.ofRoad', { code }) },
    ],
    'application/json': [{ url: `/api/v1/segments/${code}`, title: t('apiTitle') }],
    ...embedOf(lang, `/roads/${code}`),
  };
};
