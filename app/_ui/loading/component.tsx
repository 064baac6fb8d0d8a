import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';

/**
 * For what a browser waits for after the page has come, such as an answer from a payment provider: keeps the final
 * layout, appears after 400 ms so that quick answers do not flicker, and after 10 s says what the reader can do.
 */
export function Skeleton({ lang, lines = 3 }: { lang: Lang; lines?: number | undefined }) {
  const t = words(lang, 'ui');
  return (
    <div className="skeletons" role="status" aria-label={t('loading.label')}>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={line === lines - 1 ? 'skeleton skeleton-short' : 'skeleton'} />
      ))}
      <p className="caption skeleton-slow">{t('loading.slow')}</p>
    </div>
  );
}
