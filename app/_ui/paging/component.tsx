import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { Icon } from '../icon/component';

/**
 * Keyset pages: on to older rows, back to newer ones. There is no page number, because rows keep arriving at the
 * top and "page 3" would not stay the same page.
 */
export function Paging({
  lang,
  shown,
  newerHref,
  olderHref,
  name,
}: {
  lang: Lang;
  /** Rows on this page. */
  shown: number;
  newerHref: string | null;
  olderHref: string | null;
  /** What is being paged, where a page has more than one list. */
  name?: string | undefined;
}) {
  const t = words(lang, 'ui');
  if (newerHref === null && olderHref === null) return null;
  return (
    <nav className="paging" aria-label={name === undefined ? t('page.nav') : `${t('page.nav')}: ${name}`}>
      {newerHref !== null && (
        <a href={newerHref} rel="prev">
          <Icon name="backward" />
          {t('page.newer')}
        </a>
      )}
      <span className="caption">{t('page.shown', { count: shown })}</span>
      {olderHref !== null && (
        <a href={olderHref} rel="next">
          {t('page.older')}
          <Icon name="forward" />
        </a>
      )}
    </nav>
  );
}
