import type { ReactNode } from 'react';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';

/** What becomes of a cell when the table folds into two-line rows on a phone. */
export type OnPhone = 'main' | 'half' | 'whole' | 'left-out';

export type Column<Row> = {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Figures: right-aligned, even width, never wrapped. */
  readonly numeric?: boolean;
  /** The cell that names the row; exactly one column should have it. */
  readonly names?: boolean;
  readonly phone?: OnPhone;
  /** Short label written before the cell on a phone, where the head is gone. */
  readonly phoneLabel?: string;
  /** A sortable head is a link; `direction` says how the table is sorted by it now. */
  readonly sort?: { readonly href: string; readonly direction?: 'ascending' | 'descending' };
  readonly foot?: ReactNode;
};

/**
 * A table of money on ruled paper. `ledger` is for public pages (red rules, double line under the sum, folds into
 * two-line rows on a phone); `dense` is for finance (sticky head, many rows, scrolls sideways in a named box).
 */
export function Table<Row>({
  caption,
  captionHidden = false,
  columns,
  rows,
  rowKey,
  selected,
  look = 'ledger',
  lang,
  empty,
}: {
  /** Also the name of the scrolling box. */
  caption: string;
  captionHidden?: boolean | undefined;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  selected?: ((row: Row) => boolean) | undefined;
  look?: 'ledger' | 'dense' | undefined;
  lang: Lang;
  /** Shown instead of the table when there are no rows: an `Empty` that says what will come. */
  empty?: ReactNode;
}) {
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  return (
    <ScrollBox name={caption} lang={lang}>
      <table className={look === 'ledger' ? 'ledger ledger-folds' : 'dense'}>
        <caption className={captionHidden ? 'sr-only' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={column.numeric ? 'n' : undefined}
                aria-sort={column.sort?.direction}
              >
                {column.sort ? <SortLink column={column.head} sort={column.sort} lang={lang} /> : column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={selected?.(row) ? 'row-chosen' : undefined}>
              {columns.map((column) => (
                <Cell key={column.key} column={column}>
                  {column.cell(row)}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
        {columns.some((column) => column.foot !== undefined) && (
          <tfoot>
            <tr>
              {columns.map((column) => (
                <Cell key={column.key} column={column}>
                  {column.foot}
                </Cell>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </ScrollBox>
  );
}

function Cell<Row>({ column, children }: { column: Column<Row>; children: ReactNode }) {
  const className = [column.numeric && 'n', column.phone && `on-phone-${column.phone}`]
    .filter(Boolean)
    .join(' ');
  const shared = { className: className === '' ? undefined : className, 'data-label': column.phoneLabel };
  // A foot without words is no head of its row.
  return column.names && children !== undefined ? (
    <th scope="row" {...shared}>
      {children}
    </th>
  ) : (
    <td {...shared}>{children}</td>
  );
}

function SortLink({
  column,
  sort,
  lang,
}: {
  column: ReactNode;
  sort: NonNullable<Column<never>['sort']>;
  lang: Lang;
}) {
  const t = words(lang, 'ui');
  return (
    <a href={sort.href}>
      {column}
      {sort.direction && (
        <>
          <span aria-hidden="true">{sort.direction === 'ascending' ? ' ↑' : ' ↓'}</span>
          <span className="sr-only">
            {sort.direction === 'ascending' ? ` ${t('sort.up')}` : ` ${t('sort.down')}`}
          </span>
        </>
      )}
    </a>
  );
}

/** A box that scrolls sideways by keyboard too: it can be focused and has a name. */
export function ScrollBox({ name, lang, children }: { name: string; lang: Lang; children: ReactNode }) {
  return (
    <div className="scroll-box" tabIndex={0} role="region" aria-label={words(lang, 'ui')('scroll', { name })}>
      {children}
    </div>
  );
}
