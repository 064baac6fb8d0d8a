'use client';

import { startTransition, useActionState, useCallback } from 'react';
import { Btn, BtnRow } from '../../../_ui/btn/component';
import { Msg } from '../../../_ui/msg/component';
import { Sheet } from '../../../_ui/page/component';
import { LetterField } from '../../../_ui/site/letter-field';
import { useLetterToken } from '../../../_ui/site/letter-token';
import { askedByLetter } from './actions';
import { UNREAD, type ConsentState } from './consent-state.rules';

type Words = Readonly<
  Record<'reading' | 'paste' | 'open' | 'unknown' | 'unknownBody' | 'agree' | 'refuse', string>
>;

/**
 * The question of a letter and the two answers to it. A script reads the link out of the address; without one the person
 * types what the letter says beside it.
 */
export function LetterQuestion({ lang, words }: { lang: string; words: Words }) {
  const [state, send, pending] = useActionState(askedByLetter, UNREAD, `/${lang}/consent`);
  const take = useCallback(
    (token: string) => {
      const form = new FormData();
      form.set('lang', lang);
      form.set('token', token);
      startTransition(() => send(form));
    },
    [lang, send],
  );
  useLetterToken(take);
  if (state.kind !== 'asked')
    return (
      <Sheet>
        <form action={send} className="grid gap-5" noValidate>
          {state.kind === 'unknown' ? (
            <Msg kind="warn" title={words.unknown}>
              {words.unknownBody}
            </Msg>
          ) : (
            <p role="status">{words.reading}</p>
          )}
          <input type="hidden" name="lang" value={lang} />
          <LetterField
            name="token"
            label={words.paste}
            typed={state.kind === 'unknown' ? state.typed : ''}
            key={state.kind}
          />
          <div>
            <Btn type="submit" kind="line" disabled={pending}>
              {words.open}
            </Btn>
          </div>
        </form>
      </Sheet>
    );
  const { question, token, done, key } = state;
  return (
    <>
      {(done || !question.open) && <Answered state={state} />}
      <Sheet>
        <div className="grid gap-4">
          <p>{question.lead}</p>
          <p>{question.reason}</p>
          <p>{question.instead}</p>
          {question.open && (
            <>
              <p>{question.deadline}</p>
              <BtnRow>
                {(['given', 'refused'] as const).map((choice) => (
                  <form key={choice} action={send}>
                    <input type="hidden" name="lang" value={lang} />
                    <input type="hidden" name="token" value={token} />
                    <input type="hidden" name="key" value={key} />
                    <input type="hidden" name="answer" value={choice} />
                    <Btn kind={choice === 'given' ? 'primary' : 'line'} type="submit" disabled={pending}>
                      {choice === 'given' ? words.agree : words.refuse}
                    </Btn>
                  </form>
                ))}
              </BtnRow>
            </>
          )}
        </div>
      </Sheet>
    </>
  );
}

function Answered({ state }: { state: Extract<ConsentState, { kind: 'asked' }> }) {
  const { open, answered } = state.question;
  return (
    <Msg kind={open ? 'ok' : 'info'} title={answered.title}>
      {answered.body}
    </Msg>
  );
}
