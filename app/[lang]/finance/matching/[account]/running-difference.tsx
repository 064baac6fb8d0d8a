'use client';

import { useState, type FormEvent, type ReactNode } from 'react';
import { isCurrency, parseSignedAmount, toDecimal } from '@/lib/shared/money';

/** What is still to be explained of the lines while amounts are typed. Without script the refusal says it. */
export function RunningDifference({
  currency,
  totalMinor,
  says,
  children,
}: {
  currency: string;
  /** The lines' sum in minor units, as digits. */
  totalMinor: string;
  says: { readonly running: string; readonly even: string };
  children: ReactNode;
}) {
  const [left, setLeft] = useState(0n);
  if (!isCurrency(currency)) return children;
  const count = (event: FormEvent<HTMLDivElement>): void => {
    const typed = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input[name^=amount]')];
    setLeft(
      typed.reduce((rest, { value }) => {
        const parsed = parseSignedAmount(value, currency);
        return parsed.ok ? rest - parsed.value : rest;
      }, BigInt(totalMinor)),
    );
  };
  return (
    <div onInput={count}>
      {children}
      <output className="match-running" htmlFor="split-amount1 split-amount2 split-amount3 split-amount4">
        {left === 0n ? says.even : says.running.replace('@', `${toDecimal(left, currency)} ${currency}`)}
      </output>
    </div>
  );
}
