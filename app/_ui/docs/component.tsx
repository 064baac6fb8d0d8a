import type { ReactNode } from 'react';
import { dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { Written } from '../content/component';
import { Icon } from '../icon/component';

export type PublicDocument = {
  readonly id: string;
  readonly title: string;
  /** Null for a document that is withheld: it is listed all the same, with the reason. */
  readonly href: string | null;
  readonly date: string;
  readonly pages?: number | undefined;
  /** SHA-256 of the file behind `href`, 64 hexadecimal digits. */
  readonly sha256: string | null;
  readonly redacted?: boolean | undefined;
  readonly withheld?: Withholding | undefined;
  readonly seal?: ReactNode;
};

export type Withholding = { readonly reason: string; readonly opens?: string | undefined };

/** Contracts, invoices, acceptance sheets, each with its fingerprint so that anyone can compare the file. */
export function Documents({ lang, documents }: { lang: Lang; documents: readonly PublicDocument[] }) {
  const t = words(lang, 'ui');
  return (
    <ul className="docs">
      {documents.map((doc) => (
        <li key={doc.id}>
          <Icon name="paper" />
          <div>
            {doc.href === null ? <b>{doc.title}</b> : <a href={doc.href}>{doc.title}</a>}
            <p className="caption">
              <time dateTime={doc.date}>{doc.date}</time>
              {doc.pages !== undefined && <> · {t('doc.pages', { count: doc.pages })}</>}
              {doc.redacted && <> · {t('doc.redacted')}</>}
            </p>
            {doc.withheld && <Withheld lang={lang} {...doc.withheld} />}
            {doc.sha256 !== null && <Fingerprint lang={lang} sha256={doc.sha256} />}
          </div>
          {doc.seal}
        </li>
      ))}
    </ul>
  );
}

/** A SHA-256, short until opened, then whole. `label` replaces the usual words. */
export function Fingerprint({
  lang,
  sha256,
  label,
}: {
  lang: Lang;
  sha256: string;
  label?: string | undefined;
}) {
  return (
    <details className="fingerprint">
      <summary>
        {label ?? words(lang, 'ui')('doc.fingerprint')} <code>{sha256.slice(0, 8)}…</code>
      </summary>
      <p className="hash">{sha256}</p>
    </details>
  );
}

/** A value that is not public is shown as withheld, with the day it opens and the reason: text, never a gap. */
export function Withheld({ lang, reason, opens }: { lang: Lang } & Withholding) {
  const t = words(lang, 'ui');
  return (
    <span className="withheld-line">
      <span className="withheld">
        <Icon name="lock" />
        {opens === undefined ? t('withheld.label') : t('withheld.opens', { date: dateText(opens, lang) })}
      </span>{' '}
      <span className="caption">
        <Written lang={lang} text={reason} />
      </span>
    </span>
  );
}

/** A seal in cinnabar line, four characters in two columns of two. */
export function Seal({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className="seal" role="img" aria-label={label}>
      <span aria-hidden="true">{children}</span>
    </span>
  );
}
