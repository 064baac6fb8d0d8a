'use client';

import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Lang } from '@/lib/i18n/languages';
import { Msg } from '../msg/component';

/** `on` while somebody is signed in; then nothing of theirs is on the page any more. */
type Standing = 'on' | 'expired' | 'left';

type Session = { readonly id: string; readonly standing: Standing; readonly leave: (() => void) | null };

// Outside a session, as in the examples, everything is shown and forms are sent as they are.
const SessionContext = createContext<Session>({ id: '', standing: 'on', leave: null });

export type SessionWords = Readonly<
  Record<'title' | 'left' | 'leftBody' | 'expired' | 'expiredBody' | 'worksOn' | 'again', string>
>;

type Props = {
  readonly session: string;
  /** The name of the cookie that notes which session was left. */
  readonly leftCookie: string;
  /** Until it ends by itself, by the server's clock. */
  readonly seconds: number;
  readonly lang: Lang;
  readonly words: SessionWords;
  /** A page that can still be used when the session has run out: only what is `Private` on it goes. */
  readonly worksOn?: boolean | undefined;
  /** The page around it stays and has its main part already. */
  readonly inShell?: boolean | undefined;
  readonly children: ReactNode;
};

const CHANNEL = 'shanlu-session';
/** Longer than any session. */
const LEFT_SECONDS = 31 * 24 * 3600;
const LOOK_EVERY_MS = 15_000;

const hasLeft = (cookie: string, session: string): boolean =>
  document.cookie.split('; ').includes(`${cookie}=${session}`);

/**
 * The session's id is no secret and opens nothing; the server ends the session it names, whenever it is seen next. The
 * one cookie a script sets: where there is no network, no answer of the server can.
 */
const noteLeft = (cookie: string, session: string): void => {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${cookie}=${session}; Path=/; Max-Age=${LEFT_SECONDS}; SameSite=Lax${secure}`;
};

/** The data a page was made of stands in it a second time, as script for the framework. */
const wipeScripts = (): void => {
  for (const script of document.querySelectorAll('script:not([src])')) script.remove();
  const pushed: unknown = Reflect.get(window, '__next_f');
  if (Array.isArray(pushed)) pushed.length = 0;
};

/**
 * Holds what belongs to one session, and takes it off the page when the session is over: signed out here or in another
 * tab, with or without network; run out; or ended from elsewhere.
 */
export function SessionKeeper({
  session,
  leftCookie,
  seconds,
  lang,
  words,
  worksOn = false,
  inShell = false,
  children,
}: Props) {
  const [standing, setStanding] = useState<Standing>('on');
  const end = useCallback((how: Standing) => setStanding((before) => (before === 'left' ? before : how)), []);
  const leave = useCallback(() => {
    noteLeft(leftCookie, session);
    const others = new BroadcastChannel(CHANNEL);
    others.postMessage(session);
    others.close();
    end('left');
  }, [end, leftCookie, session]);

  useWatch(session, leftCookie, seconds, standing === 'on', end);
  useEffect(() => {
    if (standing === 'on') return;
    wipeScripts();
    document.title = words.title;
  }, [standing, words.title]);
  useTell(session, lang, standing === 'left');

  const value = useMemo(() => ({ id: session, standing, leave }), [leave, session, standing]);
  const again = (
    <a href={`/${lang}/sign-in`} onClick={comeBackHere}>
      {words.again}
    </a>
  );
  const Whole = inShell ? 'div' : 'main';
  if (standing === 'left' || (standing === 'expired' && !worksOn))
    return (
      <Whole id={inShell ? undefined : 'main'} className="mx-auto max-w-2xl p-6">
        <Msg kind="info" title={words[standing]}>
          <p>{words[`${standing}Body`]}</p>
          <p>{again}</p>
        </Msg>
      </Whole>
    );
  return (
    <SessionContext value={value}>
      {standing === 'expired' && (
        <div className="p-4">
          <Msg kind="warn" title={words.expired}>
            <p>{words.worksOn}</p>
            <p>{again}</p>
          </Msg>
        </div>
      )}
      {children}
    </SessionContext>
  );
}

/** Signing in leads back to where the session was lost. */
const comeBackHere = (event: { readonly currentTarget: HTMLAnchorElement }): void => {
  const here = encodeURIComponent(location.pathname + location.search);
  event.currentTarget.search = `?next=${here}`;
};

/** Looks whether the session is still there: at its end, when the page is seen again, and with the network's return. */
const useWatch = (
  session: string,
  leftCookie: string,
  seconds: number,
  on: boolean,
  end: (how: Standing) => void,
): void => {
  useEffect(() => {
    if (!on) return;
    let until = Date.now() + seconds * 1000;
    const ask = async (): Promise<void> => {
      try {
        const answer = await fetch('/api/session', { cache: 'no-store' });
        if (!answer.ok) return;
        const there = (await answer.json()) as { session: string | null; secondsLeft: number };
        until = there.session === session ? Date.now() + there.secondsLeft * 1000 : 0;
      } catch {
        // No network: the time that was told counts.
      }
    };
    const look = async (): Promise<void> => {
      if (hasLeft(leftCookie, session)) return end('left');
      await ask();
      if (Date.now() >= until) end('expired');
    };
    const seen = (): void => {
      if (document.visibilityState === 'visible') void look();
    };
    const back = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) void look();
    };
    const looking = window.setInterval(() => {
      if (Date.now() >= until) void look();
    }, LOOK_EVERY_MS);
    const others = new BroadcastChannel(CHANNEL);
    others.addEventListener('message', ({ data }) => {
      if (data === session) end('left');
    });
    document.addEventListener('visibilitychange', seen);
    window.addEventListener('pageshow', back);
    window.addEventListener('online', seen);
    return () => {
      window.clearInterval(looking);
      others.close();
      document.removeEventListener('visibilitychange', seen);
      window.removeEventListener('pageshow', back);
      window.removeEventListener('online', seen);
    };
  }, [end, leftCookie, on, seconds, session]);
};

/** Tells the server that the person has left, now or when there is network, and then leaves this document too. */
const useTell = (session: string, lang: Lang, left: boolean): void => {
  useEffect(() => {
    if (!left) return;
    const tell = async (): Promise<void> => {
      try {
        const body = new URLSearchParams({ lang, session });
        const answer = await fetch('/api/sign-out', { method: 'POST', body, redirect: 'manual' });
        if (answer.status < 500) location.replace(`/${lang}`);
      } catch {
        // No network: the cookie tells it with the next request, if this page is gone by then.
      }
    };
    const online = (): void => void tell();
    void tell();
    window.addEventListener('online', online);
    return () => window.removeEventListener('online', online);
  }, [lang, left, session]);
};

/** Whether somebody is still signed in on this page. */
export const useSignedIn = (): boolean => useContext(SessionContext).standing === 'on';

/** What is shown only while somebody is signed in, on a page that outlives the session. */
export function Private({ children }: { readonly children: ReactNode }) {
  return useSignedIn() ? children : null;
}

/** Signs out: at once and without network where there is script, by a plain form where there is none. */
export function SignOutForm({ lang, children }: { readonly lang: Lang; readonly children: ReactNode }) {
  const { id, leave } = useContext(SessionContext);
  return (
    <form
      action="/api/sign-out"
      method="post"
      onSubmit={(event) => {
        if (leave === null) return;
        event.preventDefault();
        leave();
      }}
    >
      <input type="hidden" name="lang" value={lang} />
      <input type="hidden" name="session" value={id} />
      {children}
    </form>
  );
}
