'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { allWaiting, dropWaiting, keepWaiting, send, sha256Of, type Waiting } from './queue';

export type SiteWords = Readonly<
  Record<'waiting' | 'none' | 'sendNow' | 'signIn' | 'sent' | 'offline' | 'refused', string> & {
    /** What the server says of a file it does not take, by the name of its refusal. */
    why: Readonly<Record<string, string>>;
  }
>;

/** "22.5123456,113.3712345" in ten-millionths of a degree; null when the phone did not say. */
const placeOf = (said: string): Waiting['place'] => {
  const [latitude, longitude] = said.split(',').map((part) => Math.round(Number(part) * 1e7));
  return said !== '' && Number.isInteger(latitude) && Number.isInteger(longitude)
    ? { latitudeE7: latitude ?? 0, longitudeE7: longitude ?? 0 }
    : null;
};

type Props = {
  readonly formId: string;
  readonly segment: string;
  readonly words: SiteWords;
};

/**
 * Takes over the form when there is script: the photograph goes into the phone's own list first and from there to the
 * server whenever there is network. Without script the same form posts the file directly.
 */
export function Outbox({ formId, segment, words }: Props) {
  const [list, setList] = useState<readonly Waiting[]>([]);
  const [note, setNote] = useState('');
  const [share, setShare] = useState<number | null>(null);
  const busy = useRef(false);

  const refresh = useCallback(async () => setList(await allWaiting()), []);

  const sendAll = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    try {
      for (const photograph of await allWaiting()) {
        const outcome = await send(photograph, setShare);
        setShare(null);
        if (outcome.kind === 'sent') {
          await dropWaiting(photograph.id);
          setNote(words.sent);
          await refresh();
          continue;
        }
        setNote(
          outcome.kind === 'sign_in'
            ? words.signIn
            : outcome.kind === 'later'
              ? words.offline
              : `${words.refused} ${words.why[outcome.reason] ?? outcome.reason}`,
        );
        if (outcome.kind !== 'refused') break;
      }
    } finally {
      busy.current = false;
    }
  }, [refresh, words]);

  useEffect(() => {
    const form = document.getElementById(formId);
    const submit = async (event: Event): Promise<void> => {
      if (!(form instanceof HTMLFormElement)) return;
      const data = new FormData(form);
      const file = data.get('photograph');
      if (!(file instanceof File) || file.size === 0) return;
      event.preventDefault();
      const text = (name: string): string => String(data.get(name) ?? '');
      await keepWaiting({
        id: crypto.randomUUID(),
        segment,
        stage: text('stage'),
        station: text('station') || 'A',
        on: text('on'),
        capturedAt: new Date(file.lastModified || Date.now()).toISOString(),
        place: placeOf(text('place')),
        sha256: await sha256Of(file),
        blob: file,
      });
      const input = form.querySelector('input[type=file]');
      if (input instanceof HTMLInputElement) input.value = '';
      await refresh();
      await sendAll();
    };
    const onSubmit = (event: Event): void => {
      void submit(event);
      if (form instanceof HTMLFormElement && new FormData(form).get('photograph') instanceof File)
        event.preventDefault();
    };
    const online = (): void => void sendAll();
    form?.addEventListener('submit', onSubmit);
    window.addEventListener('online', online);
    void refresh().then(sendAll);
    return () => {
      form?.removeEventListener('submit', onSubmit);
      window.removeEventListener('online', online);
    };
  }, [formId, refresh, segment, sendAll]);

  return (
    <section aria-live="polite">
      <p>{list.length === 0 ? words.none : `${words.waiting} ${list.length}`}</p>
      {share !== null && <progress value={share} max={1} aria-label={words.waiting} />}
      {note !== '' && <p>{note}</p>}
      {list.length > 0 && (
        <button type="button" className="btn" onClick={() => void sendAll()}>
          {words.sendNow}
        </button>
      )}
    </section>
  );
}
