'use client';

import { useEffect, useState, useTransition } from 'react';
import { browserSupportsWebAuthn, startAuthentication } from '@simplewebauthn/browser';
import { Btn } from '../../../_ui/btn/component';
import { Msg } from '../../../_ui/msg/component';
import { giveSecondFactorByPasskey, passkeyToUse } from './passkey-actions';

type Props = {
  readonly lang: string;
  readonly next: string;
  readonly words: { readonly use: string; readonly failed: string };
};

/** A passkey in place of the number below; without script, or a browser that knows passkeys, there is only the number. */
export function UsePasskey({ lang, next, words }: Props) {
  const [able, setAble] = useState(false);
  const [problem, setProblem] = useState('');
  const [busy, start] = useTransition();
  useEffect(() => setAble(browserSupportsWebAuthn()), []);
  if (!able) return null;
  const use = (): void =>
    start(async () => {
      setProblem('');
      const options = await passkeyToUse();
      // A person who closes the browser's question has not failed: they may type the number, or try again.
      const answer =
        options === null ? null : await startAuthentication({ optionsJSON: options }).catch(() => null);
      setProblem(
        answer === null ? words.failed : ((await giveSecondFactorByPasskey(lang, next, answer)) ?? ''),
      );
    });
  return (
    <div className="grid gap-4">
      <Btn type="button" kind="line" wide disabled={busy} onClick={use}>
        {words.use}
      </Btn>
      <div role="status">{problem !== '' && <Msg kind="warn" title={problem} />}</div>
    </div>
  );
}
