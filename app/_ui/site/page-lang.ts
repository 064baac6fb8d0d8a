import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { isLang, type Lang } from '@/lib/i18n/languages';
import { LANG_HEADER } from '@/lib/i18n/request';

/** The language of a page, from its params; an address whose first segment is no language is not found. */
export const langParam = async (params: Promise<{ lang: string }>): Promise<Lang> => {
  const { lang } = await params;
  return isLang(lang) ? lang : notFound();
};

/**
 * The language of the answer as proxy.ts decided it. Only for places that get no params or must speak even when
 * the address names no language: the layouts and the not-found page.
 */
export const pageLang = async (): Promise<Lang> => {
  const lang = (await headers()).get(LANG_HEADER) ?? '';
  return isLang(lang) ? lang : 'zh-Hans';
};
