'use client';

import { useEffect, useRef, useState } from 'react';
import { BtnLink } from '@/app/_ui/btn/component';
import { Msg } from '@/app/_ui/msg/component';
import { searchFrom } from '@/lib/shared/proof-of-work';
import type { StepState } from './step-state';

/** So many numbers at a time, so that the page goes on answering. */
const AT_ONCE = 4_000;

export type WorkWords = {
  readonly title: string;
  readonly working: string;
  readonly noScript: string;
  readonly busyTitle: string;
  readonly busy: string;
  readonly signIn: string;
  readonly transfer: string;
};

/**
 * The form's own number, and the work a browser is asked for while many pay or cards are being tried out. It works by
 * itself and then sends the form again; without script it says what else is possible.
 */
export function Work({
  state,
  token,
  signInHref,
  transferHref,
  t,
}: {
  state: StepState;
  token: string;
  /** Signing in and back here: a proved mailbox does instead of the work. */
  signInHref: string;
  transferHref: string;
  t: WorkWords;
}) {
  const field = useRef<HTMLInputElement>(null);
  const [scripted, setScripted] = useState(false);
  const { prove } = state;
  useEffect(() => {
    setScripted(true);
    if (!prove) return undefined;
    let at = 0;
    const timer = setInterval(() => {
      const found = searchFrom(prove.challenge, prove.bits, at, AT_ONCE);
      at += AT_ONCE;
      if (found === null || !field.current) return;
      clearInterval(timer);
      field.current.value = `${prove.challenge}:${found}`;
      field.current.form?.requestSubmit();
    }, 0);
    return () => {
      clearInterval(timer);
    };
  }, [prove]);
  return (
    <>
      <input type="hidden" name="token" value={state.token ?? token} />
      <input type="hidden" name="proof" ref={field} defaultValue="" />
      {prove && (
        <Msg kind="info" title={t.title}>
          <p role="status">{scripted ? t.working : t.noScript}</p>
        </Msg>
      )}
      {state.busy === true && (
        <Msg kind="info" title={t.busyTitle}>
          <p role="status">{t.busy}</p>
        </Msg>
      )}
      {(state.busy === true || (prove && !scripted)) && (
        <BtnLink kind="primary" href={signInHref}>
          {t.signIn}
        </BtnLink>
      )}
      {(state.transfer === true || (prove && !scripted)) && (
        <BtnLink kind="line" href={transferHref}>
          {t.transfer}
        </BtnLink>
      )}
    </>
  );
}
