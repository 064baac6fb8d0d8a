'use client';

import { useEffect, useState } from 'react';
import { Icon } from '../icon/component';

/** Copies a text and says so aloud. Without script it is not there: the text beside it can be selected. */
export function CopyButton({
  text,
  label,
  copied,
  name,
}: {
  text: string;
  label: string;
  copied: string;
  /** What is copied, for a screen reader that meets several such buttons: `Account number`. */
  name?: string | undefined;
}) {
  const [ready, setReady] = useState(false);
  const [done, setDone] = useState(false);
  useEffect(() => setReady(typeof navigator.clipboard?.writeText === 'function'), []);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 4000);
    return () => clearTimeout(timer);
  }, [done]);
  if (!ready) return null;
  return (
    <>
      <button
        type="button"
        className="btn btn-line btn-dense no-print"
        aria-label={name === undefined ? undefined : `${label}: ${name}`}
        onClick={() => void navigator.clipboard.writeText(text).then(() => setDone(true))}
      >
        <Icon name={done ? 'tick' : 'copy'} />
        {done ? copied : label}
      </button>
      <span className="sr-only" role="status">
        {done ? copied : ''}
      </span>
    </>
  );
}
