'use client';

import { useEffect, useState } from 'react';
import type { HallSnapshot } from '@/lib/disclosure/hall-snapshot';

/** `still`: without script, or not yet connected. `lost`: the last figures stay and say of when they are. */
export type LiveState = 'still' | 'live' | 'lost';

/** Without a word for this long the connection is lost, whatever the browser believes. The server speaks every 10 s. */
const SILENCE_MS = 25_000;
const POLL_MS = 5_000;

/**
 * Follows an evening: by server-sent events, and by asking when they cannot be had (a proxy that holds them back, a
 * server with too many listeners). Figures never go blank; when nothing comes they stay, and the screen says so.
 */
export const useLive = (
  first: HallSnapshot,
): { readonly snapshot: HallSnapshot; readonly state: LiveState } => {
  const [snapshot, setSnapshot] = useState(first);
  const [state, setState] = useState<LiveState>('still');
  useEffect(() => {
    const address = `/api/hall/${first.event}`;
    let heard = Date.now();
    let etag = '';
    const take = (text: string): void => {
      heard = Date.now();
      setState('live');
      if (text !== '') setSnapshot(JSON.parse(text) as HallSnapshot);
    };
    const source = new EventSource(`${address}/live`);
    source.addEventListener('snapshot', (event) => {
      take((event as MessageEvent<string>).data);
    });
    source.addEventListener('beat', () => {
      take('');
    });
    source.addEventListener('error', () => {
      setState('lost');
    });
    const ask = async (): Promise<void> => {
      if (source.readyState === EventSource.OPEN && Date.now() - heard < SILENCE_MS) return;
      try {
        const answer = await fetch(address, { headers: etag === '' ? {} : { 'If-None-Match': etag } });
        if (!answer.ok && answer.status !== 304) throw new Error(String(answer.status));
        etag = answer.headers.get('etag') ?? etag;
        take(answer.status === 304 ? '' : await answer.text());
      } catch {
        setState('lost');
      }
    };
    const timer = setInterval(() => void ask(), POLL_MS);
    return () => {
      source.close();
      clearInterval(timer);
    };
  }, [first.event]);
  return { snapshot, state };
};
