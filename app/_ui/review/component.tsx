import type { ReactNode } from 'react';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { Icon } from '../icon/component';
import { ScrollBox } from '../table/component';

export type Change = {
  readonly item: string;
  /** Null: there was nothing before, the value is added. */
  readonly before: ReactNode;
  /** Null: nothing was changed. */
  readonly after: ReactNode;
  readonly difference?: ReactNode;
};

/** Before and after of a proposal, in named columns and marked as deleted and inserted for screen readers. */
export function DiffTable({
  lang,
  caption,
  changes,
}: {
  lang: Lang;
  caption: string;
  changes: readonly Change[];
}) {
  const t = words(lang, 'ui');
  return (
    <ScrollBox name={caption} lang={lang}>
      <table className="dense diff">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('diff.item')}</th>
            <th scope="col">{t('diff.before')}</th>
            <th scope="col">{t('diff.after')}</th>
            <th scope="col">{t('diff.change')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ item, before, after, difference }) => (
            <tr key={item}>
              <th scope="row">{item}</th>
              {after === null ? (
                <td colSpan={3}>
                  {t('diff.same')}: {before}
                </td>
              ) : (
                <>
                  <td>{before === null ? '—' : <del>{before}</del>}</td>
                  <td>
                    <ins>{after}</ins>
                  </td>
                  <td>{before === null ? t('diff.added') : difference}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

export type Person = { readonly name: string; readonly role: string; readonly note: ReactNode };

/** Who made it and who must decide; two people, always. */
export function MakerChecker({ maker, checker }: { maker: Person; checker: Person }) {
  return (
    <ol className="two-people">
      <PersonAt person={maker} signed />
      <li aria-hidden="true" className="two-people-arrow">
        <Icon name="forward" />
      </li>
      <PersonAt person={checker} />
    </ol>
  );
}

function PersonAt({ person, signed = false }: { person: Person; signed?: boolean }) {
  return (
    <li>
      <span className={signed ? 'person-mark' : 'person-mark person-ahead'} aria-hidden="true">
        {[...person.name][0]}
      </span>
      <span>
        <b>
          {person.name} · {person.role}
        </b>
        <span className="person-note">{person.note}</span>
      </span>
    </li>
  );
}

/** What the system checked by itself, each with the figures it compared. */
export function Checks({
  checks,
}: {
  checks: readonly { readonly text: string; readonly holds: boolean; readonly figures?: ReactNode }[];
}) {
  return (
    <ul className="checks">
      {checks.map(({ text, holds, figures }) => (
        <li key={text} className={holds ? undefined : 'check-fails'}>
          <Icon name={holds ? 'seal' : 'octagon'} />
          <span>{text}</span>
          {figures !== undefined && <span className="checks-figures">{figures}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Parts of a whole as one bar of material: what a decision does to a road. Its words stand beside it. */
export function PartsBar({
  parts,
  wholeMinor,
}: {
  parts: readonly { readonly material: 'asphalt' | 'binder' | 'base' | 'new'; readonly minor: bigint }[];
  wholeMinor: bigint;
}) {
  const share = (minor: bigint): number =>
    wholeMinor > 0n ? Number((minor * 100_000n) / wholeMinor) / 1000 : 0;
  const widths = parts.map(({ minor }) => share(minor));
  const startOf = (index: number): number => widths.slice(0, index).reduce((sum, width) => sum + width, 0);
  return (
    <svg className="parts-bar" width="100%" height="20" aria-hidden="true" focusable="false">
      <rect className="parts-whole" width="100%" height="20" />
      {parts.map(({ material, minor }, index) =>
        minor > 0n ? (
          <rect
            key={material}
            className={`parts-${material}`}
            x={`${startOf(index)}%`}
            width={`${widths[index] ?? 0}%`}
            height="20"
          />
        ) : null,
      )}
    </svg>
  );
}

/** Keys that work on this page, with what they do. */
export function Keys({
  keys,
}: {
  keys: readonly { readonly keys: readonly string[]; readonly does: string }[];
}) {
  return (
    <>
      {keys.map(({ keys: names, does }) => (
        <span key={does} className="keys">
          {names.map((name) => (
            <kbd key={name}>{name}</kbd>
          ))}{' '}
          {does}
        </span>
      ))}
    </>
  );
}
