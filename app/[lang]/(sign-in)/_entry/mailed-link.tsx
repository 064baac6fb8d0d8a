'use client';

import { startTransition, useActionState, useCallback } from 'react';
import { Btn, BtnLink } from '../../../_ui/btn/component';
import { Msg } from '../../../_ui/msg/component';
import { LetterField } from '../../../_ui/site/letter-field';
import { useLetterToken } from '../../../_ui/site/letter-token';
import { lookAtLink } from './link-actions';
import { UNREAD, type LinkState } from './link-state.rules';

type Words = Readonly<
  Record<
    | 'reading'
    | 'paste'
    | 'pasteWrong'
    | 'open'
    | 'code'
    | 'as'
    | 'submit'
    | 'once'
    | 'notYou'
    | 'over'
    | 'overBody'
    | 'again',
    string
  >
>;

/**
 * What a mailed link opens: whom it would sign in, and the button that does. A script reads the link out of the address;
 * without one the person pastes it, or types the code of the same letter where they asked for it.
 */
export function MailedLink({ lang, over, words }: { lang: string; over: boolean; words: Words }) {
  const begin: LinkState = over ? { kind: 'over' } : UNREAD;
  const [state, look, pending] = useActionState(lookAtLink, begin, `/${lang}/sign-in/confirm`);
  const take = useCallback(
    (token: string) => {
      const form = new FormData();
      form.set('link', token);
      startTransition(() => look(form));
    },
    [look],
  );
  useLetterToken(take);
  switch (state.kind) {
    case 'over':
      return (
        <>
          <Msg kind="err" title={words.over}>
            <p>{words.overBody}</p>
          </Msg>
          <BtnLink href={`/${lang}/sign-in`} wide>
            {words.again}
          </BtnLink>
        </>
      );
    case 'good':
      return (
        <>
          <p>
            {words.as} <b className="break-all">{state.email}</b>
          </p>
          <form method="post" action="/api/auth/callback/email">
            <input type="hidden" name="lang" value={lang} />
            <input type="hidden" name="token" value={state.token} />
            <Btn type="submit" wide>
              {words.submit}
            </Btn>
          </form>
          <p className="caption">
            {words.once} {words.notYou}
          </p>
        </>
      );
    case 'unread':
      return (
        <>
          {!state.wrong && <p role="status">{words.reading}</p>}
          <form action={look} className="grid gap-5" noValidate>
            <LetterField
              name="link"
              label={words.paste}
              error={state.wrong ? words.pasteWrong : undefined}
              typed={state.typed}
              key={`${state.typed}${state.wrong}`}
            />
            <Btn type="submit" kind="line" disabled={pending} wide>
              {words.open}
            </Btn>
          </form>
          <BtnLink kind="quiet" href={`/${lang}/sign-in/code`}>
            {words.code}
          </BtnLink>
        </>
      );
  }
}
