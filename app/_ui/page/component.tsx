import type { ReactNode } from 'react';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';

/** The column of a page, with the gutters of paper. */
export function Wrap({ children }: { children: ReactNode }) {
  return <div className="wrap">{children}</div>;
}

/**
 * A section under the thick-thin rule of a printed book. `aside` stands at the end of the heading line: an as-of
 * date, a link to the whole.
 */
export function Section({
  id,
  title,
  intro,
  aside,
  children,
}: {
  id: string;
  title: ReactNode;
  intro?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="section" aria-labelledby={id}>
      <div className="rule-head">
        <h2 id={id}>{title}</h2>
        {intro !== undefined && <p>{intro}</p>}
        {aside !== undefined && <p className="rule-head-end">{aside}</p>}
      </div>
      {children}
    </section>
  );
}

/** A sheet of paper lying on the page. `frame` adds the double line of a title leaf. */
export function Sheet({ frame = false, children }: { frame?: boolean | undefined; children: ReactNode }) {
  return <div className={frame ? 'sheet sheet-frame' : 'sheet'}>{children}</div>;
}

/** The vertical title slip of a thread-bound book. Decorative: the same words stand in the page. */
export function Slip({ lang, title, note }: { lang: Lang; title: string; note?: string | undefined }) {
  return (
    <div className="slip" lang={lang === 'en' ? 'zh-Hans' : lang} aria-hidden="true">
      {title}
      {note !== undefined && <small>{note}</small>}
    </div>
  );
}

/** Where the reader is; the last step is the page itself and is no link. */
export function Crumbs({
  lang,
  steps,
  here,
}: {
  lang: Lang;
  steps: readonly { readonly href: string; readonly label: string }[];
  here: string;
}) {
  return (
    <nav className="crumbs" aria-label={words(lang, 'common')('crumbs')}>
      <ol>
        {steps.map((step) => (
          <li key={step.href}>
            <a href={step.href}>{step.label}</a>
          </li>
        ))}
        <li aria-current="page">{here}</li>
      </ol>
    </nav>
  );
}

export type TermRow = readonly [term: string, value: ReactNode];

/** Terms one below the other, for values that can be long. */
export function Terms({ rows }: { rows: readonly TermRow[] }) {
  return (
    <dl className="pack">
      {rows.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Facts as term and value, side by side while there is room. */
export function Facts({ facts }: { facts: readonly { readonly term: string; readonly value: ReactNode }[] }) {
  return (
    <dl className="facts">
      {facts.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
