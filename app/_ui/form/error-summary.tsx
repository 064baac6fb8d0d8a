'use client';

import { useEffect, useRef } from 'react';
import { Icon } from '../icon/component';

export type FieldError = {
  /** The id of the field at fault. */
  readonly field: string;
  readonly text: string;
};

/**
 * Everything that needs a change, above the form, each line leading to its field. It takes the focus when it
 * appears, so that a keyboard or screen reader lands on it; without script it simply stands at the top.
 */
export function ErrorSummary({
  title,
  hint,
  errors,
}: {
  title: string;
  hint?: string | undefined;
  errors: readonly FieldError[];
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  return (
    <div className="msg msg-err" ref={box} tabIndex={-1} role="group" aria-labelledby="error-summary-title">
      <Icon name="octagon" />
      <h2 className="msg-title" id="error-summary-title">
        {title}
      </h2>
      <div className="msg-body">
        {hint && <p>{hint}</p>}
        <ul>
          {errors.map(({ field, text }) => (
            <li key={field + text}>
              <a href={`#${field}`}>{text}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
