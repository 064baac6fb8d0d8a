import type { ReactNode } from 'react';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { Private } from '../session/keeper';
import { Mark } from '../site/component';
import { LanguageLinks } from '../site/where';
import { StaffNav, type StaffSection } from './nav';

/** The desk of finance, inspection and audit: dense, no give button, the period and the person always in sight. */
export function StaffShell({
  lang,
  sections,
  who,
  period,
  signOut,
  children,
}: {
  lang: Lang;
  sections: readonly StaffSection[];
  /** Who is signed in and in which role, in the page's language: `林 · 经办`. */
  who: string;
  /** The open accounting period, ready to read: `期间 2024-06 开放`. */
  period?: ReactNode;
  /** The sign-out form of the session. */
  signOut?: ReactNode;
  children: ReactNode;
}) {
  const t = words(lang, 'ui');
  return (
    <div className="staff">
      <a className="skip-link" href="#main">
        {t('staff.skip')}
      </a>
      <Private>
        <header className="staff-head no-print">
          <a className="logo" href={`/${lang}/finance`}>
            <Mark />
            <span>{t('staff.finance')}</span>
          </a>
          <StaffNav label={t('staff.menu')} sections={sections} />
          <div className="staff-who">
            {period !== undefined && <span>{period}</span>}
            <span>{who}</span>
            {signOut}
            <LanguageLinks lang={lang} label={words(lang, 'common')('language')} />
          </div>
        </header>
      </Private>
      <aside className="notice" aria-label={words(lang, 'common')('notice.label')}>
        <p>{t('staff.notice')}</p>
      </aside>
      <main id="main">{children}</main>
    </div>
  );
}

/** Head of a staff page: what it is, over what, and the keys or actions at the end of the line. */
export function StaffTitle({
  title,
  over,
  children,
}: {
  title: string;
  over?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="staff-title">
      <h1>{title}</h1>
      {over !== undefined && <p>{over}</p>}
      {children !== undefined && <div className="staff-title-end">{children}</div>}
    </div>
  );
}

/** A panel of a staff page under its ink rule. */
export function Panel({
  title,
  aside,
  flush = false,
  children,
}: {
  title?: ReactNode;
  aside?: ReactNode;
  /** Without inner margin: a table that fills the panel. */
  flush?: boolean | undefined;
  children: ReactNode;
}) {
  return (
    <section className="panel">
      {title !== undefined && (
        <div className="panel-head">
          <h2>{title}</h2>
          {aside !== undefined && <div className="panel-aside">{aside}</div>}
        </div>
      )}
      <div className={flush ? undefined : 'panel-body'}>{children}</div>
    </section>
  );
}

/** A row of figures over a staff page; `due` marks the one that must come to nothing. */
export function Figures({
  figures,
  children,
}: {
  figures: readonly { readonly term: string; readonly value: ReactNode; readonly due?: boolean }[];
  children?: ReactNode;
}) {
  return (
    <div className="figures">
      <dl>
        {figures.map(({ term, value, due }) => (
          <div key={term} className={due ? 'figure-due' : undefined}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {children !== undefined && <div className="figures-end">{children}</div>}
    </div>
  );
}
