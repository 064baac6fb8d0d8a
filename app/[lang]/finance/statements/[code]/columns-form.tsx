import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { Preview } from '@/lib/reconciliation/statement/preview.rules';
import { newId } from '@/lib/shared/id';
import { Btn } from '../../../../_ui/btn/component';
import { SelectField } from '../../../../_ui/form/component';
import { Panel } from '../../../../_ui/staff/component';
import { ScrollBox } from '../../../../_ui/table/component';
import { confirmTable } from './actions';

const NAMES = [
  'date',
  'amount',
  'debit',
  'credit',
  'balance',
  'currency',
  'direction',
  'payer',
  'payerAccount',
  'reference',
  'bankReference',
  'status',
  'memo',
] as const;
const SIGNS = ['as_written', 'inverted', 'by_direction', 'by_words'] as const;

/** The first rows of a table, each column under a choice of what it is; the guess is chosen already. */
export function ColumnsForm({ lang, code, preview }: { lang: Lang; code: string; preview: Preview }) {
  const t = words(lang, 'bank');
  const { columns, sign, dateOrder } = preview.mapping;
  const width = Math.max(...preview.rows.map((row) => row.cells.length), preview.header?.length ?? 0);
  const guessed = (n: number): string =>
    columns.memo.includes(n) ? 'memo' : (NAMES.find((name) => name !== 'memo' && columns[name] === n) ?? '');
  const numbers = Array.from({ length: width }, (_, n) => n);
  return (
    <Panel title={t('statements.columns')}>
      <p className="desk-note">{t('statements.columnsHint')}</p>
      <form action={confirmTable} className="desk-form batch-form">
        <input type="hidden" name="lang" value={lang} />
        <input type="hidden" name="import" value={code} />
        <input type="hidden" name="key" value={newId()} />
        <ScrollBox name={t('statements.preview')} lang={lang}>
          <table className="dense">
            <caption className="sr-only">{t('statements.preview')}</caption>
            <thead>
              <tr>
                {numbers.map((n) => (
                  <th key={n} scope="col">
                    <label className="sr-only" htmlFor={`column${n}`}>
                      {t('statements.column', { n: n + 1 })}
                    </label>
                    <select
                      id={`column${n}`}
                      name={`column${n}`}
                      className="input batch-cell"
                      defaultValue={guessed(n)}
                    >
                      <option value="">{t('statements.ignored')}</option>
                      {NAMES.map((name) => (
                        <option key={name} value={name}>
                          {t(`columnName.${name}`)}
                        </option>
                      ))}
                    </select>
                    {preview.header?.[n]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {preview.rows.slice(0, 12).map((row) => (
                <tr key={row.line}>
                  {numbers.map((n) => (
                    <td key={n}>{row.cells[n]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
        <SelectField
          id="sign"
          name="sign"
          label={t('statements.sign')}
          defaultValue={sign}
          choices={SIGNS.map((value) => ({ value, label: t(`signName.${value}`) }))}
        />
        <SelectField
          id="dateOrder"
          name="dateOrder"
          label={t('statements.dateOrder')}
          defaultValue={dateOrder ?? ''}
          choices={[
            { value: '', label: '—' },
            ...(['ymd', 'dmy', 'mdy'] as const).map((value) => ({ value, label: t(`statements.${value}`) })),
          ]}
        />
        <Btn type="submit" size="dense">
          {t('statements.confirm')}
        </Btn>
      </form>
    </Panel>
  );
}
