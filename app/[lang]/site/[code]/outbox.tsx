'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { PICTURE_BYTES_MAX } from '@/lib/files/picture.rules';
import { momentText } from '@/lib/i18n/dates';
import type { Lang } from '@/lib/i18n/languages';
import { useSignedIn } from '../../../_ui/session/keeper';
import {
  allWaiting,
  dropWaiting,
  keepSealed,
  sealWhatLiesOpen,
  send,
  type Facts,
  type Sealer,
  type Waiting,
} from './queue';

export type SiteWords = Readonly<
  Record<
    | 'waiting'
    | 'none'
    | 'others'
    | 'sendNow'
    | 'signIn'
    | 'sent'
    | 'offline'
    | 'notNow'
    | 'refused'
    | 'discard'
    | 'notKept'
    | 'other',
    string
  >
>;

/** "22.5123456,113.3712345" in ten-millionths of a degree; null when the phone did not say. */
const placeOf = (said: string): Facts['place'] => {
  const [latitude, longitude] = said.split(',').map((part) => Math.round(Number(part) * 1e7));
  return said !== '' && Number.isInteger(latitude) && Number.isInteger(longitude)
    ? { latitudeE7: latitude ?? 0, longitudeE7: longitude ?? 0 }
    : null;
};

/** The file field as it was before anything was chosen; whoever shows the choice is told. */
const emptyFile = (form: HTMLFormElement): void => {
  const input = form.querySelector('input[type=file]');
  if (!(input instanceof HTMLInputElement)) return;
  input.value = '';
  input.dispatchEvent(new Event('change', { bubbles: true }));
};

/** "A · During": in which words the form names what is about to be kept. */
const labelOf = (form: HTMLFormElement, station: string): string => {
  const stage = form.querySelector('[name=stage]');
  const chosen = stage instanceof HTMLSelectElement ? stage.selectedOptions[0]?.text : undefined;
  return [station, chosen].filter(Boolean).join(' · ');
};

type Props = {
  readonly formId: string;
  readonly segment: string;
  readonly lang: Lang;
  readonly sealer: Sealer;
  readonly words: SiteWords;
  /** Why the server may say no, in words. */
  readonly refusals: Readonly<Record<string, string>>;
};

/**
 * Takes over the form when there is script: the photograph goes sealed into the phone's own list first and from there to
 * the server whenever there is network. Without script the same form posts the file directly.
 */
export function Outbox({ formId, segment, lang, sealer, words, refusals }: Props) {
  const [list, setList] = useState<readonly Waiting[]>([]);
  const [note, setNote] = useState('');
  const [share, setShare] = useState<number | null>(null);
  // What the list cannot say, because it is sealed there: known only to the page that took the photograph.
  const [labels, setLabels] = useState<ReadonlyMap<string, string>>(new Map());
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const signedIn = useSignedIn();
  const busy = useRef(false);
  const { person } = sealer;

  const refresh = useCallback(async () => setList(await allWaiting()), []);

  const sendAll = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    try {
      for (const photograph of await allWaiting()) {
        if (photograph.person !== person) continue;
        const outcome = await send(photograph, setShare);
        setShare(null);
        switch (outcome.kind) {
          case 'sent':
            await dropWaiting(photograph.id);
            setNote(words.sent);
            await refresh();
            break;
          case 'refused':
            setRefused((before) => new Map(before).set(photograph.id, outcome.reason));
            break;
          case 'sign_in':
            return setNote(words.signIn);
          case 'no_network':
            return setNote(words.offline);
          case 'not_now':
            return setNote(words.notNow);
        }
      }
    } finally {
      busy.current = false;
    }
  }, [person, refresh, words]);

  useEffect(() => {
    if (!signedIn) setLabels(new Map());
  }, [signedIn]);

  useEffect(() => {
    const form = document.getElementById(formId);
    // Browsers seal for pages of https only; elsewhere nothing is kept, and the form sends the file as it is.
    if (!(form instanceof HTMLFormElement) || !isSecureContext) return;
    const keep = async (file: File, data: FormData): Promise<void> => {
      const text = (name: string): string => String(data.get(name) ?? '');
      const facts: Facts = {
        segment,
        stage: text('stage'),
        station: text('station') || 'A',
        on: text('on'),
        capturedAt: new Date(file.lastModified || Date.now()).toISOString(),
        place: placeOf(text('place')),
      };
      try {
        const id = await keepSealed(sealer, facts, file);
        setLabels((before) => new Map(before).set(id, labelOf(form, facts.station)));
      } catch {
        return setNote(words.notKept);
      }
      emptyFile(form);
      await refresh();
      await sendAll();
    };
    const submit = (event: Event): void => {
      const data = new FormData(form);
      const file = data.get('photograph');
      if (!(file instanceof File)) return;
      event.preventDefault();
      if (file.size > PICTURE_BYTES_MAX) setNote(refusals['file_too_large'] ?? words.other);
      else if (file.size > 0) void keep(file, data);
    };
    const online = (): void => void sendAll();
    form.addEventListener('submit', submit);
    window.addEventListener('online', online);
    void sealWhatLiesOpen(sealer)
      .catch(() => undefined) // it is tried again when the page is next opened
      .then(refresh)
      .then(sendAll);
    return () => {
      form.removeEventListener('submit', submit);
      window.removeEventListener('online', online);
    };
  }, [formId, refresh, refusals, sealer, segment, sendAll, words]);

  const mine = list.filter((one) => one.person === person);
  const discard = async (id: string): Promise<void> => {
    await dropWaiting(id);
    await refresh();
  };

  return (
    <section aria-live="polite">
      <p>{mine.length === 0 ? words.none : `${words.waiting} ${mine.length}`}</p>
      {mine.length > 0 && (
        <ul className="site-waiting">
          {mine.map(({ id, keptAt }) => {
            const reason = refused.get(id);
            return (
              <li key={id}>
                {[momentText(new Date(keptAt), lang), signedIn ? labels.get(id) : undefined]
                  .filter(Boolean)
                  .join(' · ')}
                {reason !== undefined && (
                  <>
                    <p>
                      {words.refused} {refusals[reason] ?? words.other}
                    </p>
                    <button type="button" className="btn btn-line" onClick={() => void discard(id)}>
                      {words.discard}
                    </button>
                  </>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {mine.length < list.length && <p>{words.others}</p>}
      {share !== null && <progress value={share} max={1} aria-label={words.waiting} />}
      {note !== '' && <p>{note}</p>}
      {mine.length > 0 && (
        <button type="button" className="btn" onClick={() => void sendAll()}>
          {words.sendNow}
        </button>
      )}
    </section>
  );
}
