import type { ReactNode } from 'react';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';

/**
 * The same spot before and after, one over the other: scrolling sideways uncovers the picture below. A native
 * scroller without script: keyboard, wheel and touch work. The label describes both pictures.
 */
export function BeforeAfter({
  lang,
  before,
  after,
  describes,
}: {
  lang: Lang;
  /** Pictures of the same shape: `<img>` with dimensions, or a drawing. */
  before: ReactNode;
  after: ReactNode;
  /** What each picture shows, for those who do not see them. */
  describes: string;
}) {
  const t = words(lang, 'ui');
  return (
    <div className="compare" tabIndex={0} role="region" aria-label={`${t('before.label')} ${describes}`}>
      <div className="compare-track" aria-hidden="true">
        <div className="compare-below">
          {after}
          <span className="compare-tag compare-tag-after">{t('before.after')}</span>
        </div>
        <div className="compare-above">
          <div className="compare-still">
            {before}
            <span className="compare-tag compare-tag-before">{t('before.before')}</span>
          </div>
        </div>
        <div className="compare-seam">
          <svg viewBox="0 0 54 54" width="54" height="54" focusable="false">
            <circle cx="27" cy="27" r="24.5" />
            <path d="M20 18l-8 9 8 9M34 18l8 9-8 9" />
          </svg>
        </div>
        <span className="compare-start" />
      </div>
    </div>
  );
}

/** Small dated pictures side by side; the figure captions are the caller's. */
export function Thumbs({ children }: { children: ReactNode }) {
  return <div className="thumbs">{children}</div>;
}
