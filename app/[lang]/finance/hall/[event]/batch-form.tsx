'use client';

import { useEffect, useState } from 'react';
import { Btn } from '@/app/_ui/btn/component';
import { TextField } from '@/app/_ui/form/component';
import { Msg } from '@/app/_ui/msg/component';
import { amountText } from '@/lib/i18n/format';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { money, parseAmount } from '@/lib/shared/money';
import type { DeskState } from '../../_desk/act-form.rules';
import { useKeptForm } from '../../_desk/use-kept-form';

type BatchWord =
  | 'count'
  | 'total'
  | 'card'
  | 'cardName'
  | 'phone'
  | 'amount'
  | 'road'
  | 'named'
  | 'due'
  | 'typed'
  | 'differs'
  | 'agrees'
  | 'save'
  | 'refused'
  | 'rows';

const fill = (pattern: string, values: Readonly<Record<string, string | number>>): string =>
  pattern.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

const textsIn = (form: HTMLFormElement): Record<string, string> =>
  Object.fromEntries(
    [...new FormData(form)].flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    ),
  );

/** Paper cards as rows; what is typed is added up beside the totals that were counted before. */
export function BatchForm({
  action,
  hidden,
  currency,
  rows,
  due,
  t,
}: {
  action: (state: DeskState, form: FormData) => Promise<DeskState>;
  hidden: Readonly<Record<string, string>>;
  currency: CurrencyCode;
  rows: number;
  due: string;
  t: Readonly<Record<BatchWord, string>>;
}) {
  const { state, pending, done, bind } = useKeptForm(action, hidden['key'] ?? '');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  // Read from the form itself: what was typed before the script came, or while an answer was on its way, is there too.
  const { ref } = bind;
  useEffect(() => {
    if (ref.current) setValues(textsIn(ref.current));
  }, [done, ref]);
  const now = { ...state.values, ...values };
  const minor = (text: string | undefined): bigint => {
    const read = parseAmount(text ?? '', currency);
    return read.ok ? read.value : 0n;
  };
  const filled = Array.from({ length: rows }, (_, index) => now[`amount${index + 1}`] ?? '').filter(
    (text) => text.trim() !== '',
  );
  const typedMinor = filled.reduce((sum, text) => sum + minor(text), 0n);
  const missing = (/^\d+$/.test(now['count'] ?? '') ? Number(now['count']) : 0) - filled.length;
  const missingMinor = minor(now['total']) - typedMinor;
  const head = { amount: t.amount, name: t.cardName, phone: t.phone, road: t.road };
  const text = (amount: bigint): string => amountText(money(currency, amount));
  const follow = (name: string) => ({
    name,
    id: name,
    defaultValue: state.values[name],
  });
  return (
    <form
      {...bind}
      id="card-batch"
      className="desk-form batch"
      onChange={(event) => {
        setValues(textsIn(event.currentTarget));
      }}
    >
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {state.message !== null && (
        <Msg kind="err" title={t.refused}>
          {state.message}
        </Msg>
      )}
      <div className="batch-totals">
        <TextField {...follow('count')} label={t.count} inputMode="numeric" autoComplete="off" figures />
        <TextField {...follow('total')} label={t.total} inputMode="decimal" autoComplete="off" figures />
      </div>
      <p role="status" className="batch-sum">
        {fill(t.typed, { count: filled.length, total: text(typedMinor) })}
        {' · '}
        <b>
          {missing === 0 && missingMinor === 0n && filled.length > 0
            ? t.agrees
            : fill(t.differs, { count: missing, total: text(missingMinor) })}
        </b>
      </p>
      <table className="batch-table">
        <thead>
          <tr>
            {[t.card, t.amount, t.cardName, t.phone, t.road, t.due, t.named].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, index) => index + 1).map((n) => (
            <tr key={n}>
              <th scope="row">{n}</th>
              {(['amount', 'name', 'phone', 'road'] as const).map((part) => (
                <td key={part} data-label={head[part]}>
                  <input
                    {...follow(`${part}${n}`)}
                    aria-label={`${t.card} ${n}: ${head[part]}`}
                    inputMode={part === 'amount' ? 'decimal' : part === 'phone' ? 'tel' : 'text'}
                    autoComplete="off"
                    aria-invalid={state.field === `${part}${n}` ? true : undefined}
                  />
                </td>
              ))}
              <td data-label={t.due}>
                <input
                  type="date"
                  name={`due${n}`}
                  aria-label={`${t.card} ${n}: ${t.due}`}
                  defaultValue={state.values[`due${n}`] ?? due}
                />
              </td>
              <td data-label={t.named}>
                <input
                  type="checkbox"
                  name={`named${n}`}
                  value="yes"
                  aria-label={`${t.card} ${n}: ${t.named}`}
                  defaultChecked={state.values[`named${n}`] === 'yes'}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Btn kind="primary" size="dense" disabled={pending}>
        {t.save}
      </Btn>
    </form>
  );
}
