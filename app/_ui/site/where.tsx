'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { choiceAddress } from '@/lib/i18n/choose.rules';
import { LANGUAGES, type Lang } from '@/lib/i18n/languages';

/** These parts depend on the page being shown, which a layout cannot know; they are rendered on the server too. */

/** A link of the menu; marked when the reader is on its page or below it. `exact` is for the home page. */
export function NavLink({
  href,
  exact = false,
  children,
}: {
  href: string;
  exact?: boolean | undefined;
  children: ReactNode;
}) {
  const path = usePathname();
  const here = path === href || (!exact && path.startsWith(`${href}/`));
  return (
    <a href={href} aria-current={path === href ? 'page' : here ? 'true' : undefined}>
      {children}
    </a>
  );
}

const NAMES: Record<Lang, readonly [short: string, full: string]> = {
  'zh-Hans': ['简', '简体中文'],
  'zh-Hant': ['繁', '繁體中文'],
  en: ['EN', 'English'],
};

/** The same page in the other languages: path and query stay, and the choice is remembered on the way there. */
export function LanguageLinks({ lang, label }: { lang: Lang; label: string }) {
  const path = usePathname();
  const query = useSearchParams().toString();
  return (
    <span className="languages" role="group" aria-label={label}>
      {LANGUAGES.map((each) => {
        const [short, full] = NAMES[each];
        return each === lang ? (
          <span key={each} aria-current="true" lang={each}>
            {short}
          </span>
        ) : (
          <a
            key={each}
            lang={each}
            hrefLang={each}
            aria-label={`${short} ${full}`}
            href={choiceAddress(path, query, each)}
            rel="nofollow"
          >
            {short}
          </a>
        );
      })}
    </span>
  );
}

/** Tells a form which page to come back to. */
export function ComeBackHere() {
  const path = usePathname();
  const query = useSearchParams().toString();
  return <input type="hidden" name="back" value={path + (query === '' ? '' : `?${query}`)} />;
}
