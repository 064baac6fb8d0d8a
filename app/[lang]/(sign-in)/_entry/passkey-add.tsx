'use client';

import { useEffect, useState, useTransition } from 'react';
import { browserSupportsWebAuthn, startRegistration } from '@simplewebauthn/browser';
import { Btn } from '../../../_ui/btn/component';
import { TextField } from '../../../_ui/form/component';
import { Msg } from '../../../_ui/msg/component';
import { keepPasskey, passkeyToAdd } from './passkey-actions';

type Props = {
  readonly lang: string;
  /** Where a fresh second factor is asked for, which leads back here. */
  readonly factorHref: string;
  readonly words: {
    readonly name: string;
    readonly hint: string;
    readonly add: string;
    readonly failed: string;
    readonly without: string;
  };
};

/** Makes a passkey in this browser. It needs script by its nature; without, the page says so. */
export function AddPasskey({ lang, factorHref, words }: Props) {
  const [able, setAble] = useState(false);
  const [problem, setProblem] = useState('');
  const [busy, start] = useTransition();
  useEffect(() => setAble(browserSupportsWebAuthn()), []);
  if (!able) return <p className="caption">{words.without}</p>;
  const add = (name: string): void =>
    start(async () => {
      setProblem('');
      const options = await passkeyToAdd();
      if (options === null) {
        window.location.assign(factorHref);
        return;
      }
      const answer = await startRegistration({ optionsJSON: options }).catch(() => null);
      setProblem(answer === null ? words.failed : ((await keepPasskey(lang, name, answer)) ?? ''));
    });
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget).get('name');
        add(typeof typed === 'string' ? typed : '');
      }}
    >
      <TextField
        id="passkey-name"
        name="name"
        label={words.name}
        hint={words.hint}
        maxLength={60}
        required
        autoComplete="off"
      />
      <div>
        <Btn type="submit" kind="line" disabled={busy}>
          {words.add}
        </Btn>
      </div>
      <div role="status">{problem !== '' && <Msg kind="warn" title={problem} />}</div>
    </form>
  );
}
