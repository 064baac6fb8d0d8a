import type { ReactNode } from 'react';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { Btn } from '../btn/component';
import { Icon } from '../icon/component';

/**
 * A GET form: the filter is the address, so it can be linked, remembered and used without script. Fields are the
 * caller's. On a phone it folds away.
 */
export function FilterForm({
  lang,
  action,
  open = false,
  children,
}: {
  lang: Lang;
  action: string;
  /** Unfolded from the start, where a filter is active. */
  open?: boolean | undefined;
  children: ReactNode;
}) {
  const t = words(lang, 'ui');
  return (
    <search className="filter-box">
      <details open={open}>
        <summary>
          <h2>{t('filter.title')}</h2>
        </summary>
        <form method="get" action={action}>
          {children}
          <Btn wide>{t('filter.apply')}</Btn>
        </form>
      </details>
    </search>
  );
}

/** One line of a list of kinds to tick, with how many rows there are of it. */
export function FilterTick({
  name,
  value,
  label,
  count,
  checked,
}: {
  name: string;
  value: string;
  label: string;
  /** Null where they are too many to count. */
  count: number | null;
  checked: boolean;
}) {
  return (
    <label className="filter-tick">
      <input type="checkbox" name={name} value={value} defaultChecked={checked} />
      <span>{label}</span>
      {count !== null && <span className="num">{count}</span>}
    </label>
  );
}

export type ActiveFilter = { readonly name: string; readonly withoutHref: string };

/** What the list is narrowed to, each part with its way out. */
export function ActiveFilters({
  lang,
  filters,
  clearHref,
}: {
  lang: Lang;
  filters: readonly ActiveFilter[];
  clearHref: string;
}) {
  const t = words(lang, 'ui');
  if (filters.length === 0) return null;
  return (
    <ul className="active-filters" aria-label={t('filter.active')}>
      {filters.map(({ name, withoutHref }) => (
        <li key={name}>
          <a href={withoutHref} aria-label={t('filter.remove', { name })}>
            {name}
            <Icon name="cross" />
          </a>
        </li>
      ))}
      <li>
        <a className="active-filters-clear" href={clearHref}>
          {t('filter.clear')}
        </a>
      </li>
    </ul>
  );
}
