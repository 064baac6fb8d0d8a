'use client';

import { useEffect, useRef, useState } from 'react';
import { Btn } from '../../../_ui/btn/component';
import { SelectField } from '../../../_ui/form/component';
import { useSignedIn } from '../../../_ui/session/keeper';

export type FrameWords = Readonly<
  Record<'ghost' | 'noGhost' | 'strength' | 'open' | 'shoot' | 'close' | 'noCamera' | 'chosen', string>
>;

type Props = {
  /** The form whose file field takes the picture. */
  readonly formId: string;
  readonly pictures: readonly { readonly id: string; readonly station: string; readonly label: string }[];
  readonly words: FrameWords;
};

/** Hands a picture to the form as if it had been chosen there, and sends the form. */
const submitPicture = (formId: string, picture: Blob): void => {
  const form = document.getElementById(formId);
  const input = form?.querySelector('input[type=file]');
  if (!(form instanceof HTMLFormElement) || !(input instanceof HTMLInputElement)) return;
  const files = new DataTransfer();
  files.items.add(new File([picture], 'camera.jpg', { type: 'image/jpeg', lastModified: Date.now() }));
  input.files = files.files;
  form.requestSubmit();
};

const setField = (formId: string, name: string, value: string): void => {
  const field = document.getElementById(formId)?.querySelector(`[name=${name}]`);
  if (field instanceof HTMLInputElement) field.value = value;
};

/**
 * The same view again: an earlier picture of the spot lies half-transparent over the camera's, or over the picture
 * that was chosen. A phone that gives no camera to pages keeps the ordinary file field.
 */
export function Frame({ formId, pictures: earlier, words }: Props) {
  const signedIn = useSignedIn();
  const pictures = signedIn ? earlier : [];
  const [chosenGhost, setGhost] = useState(earlier[0]?.id ?? '');
  const ghost = signedIn ? chosenGhost : '';
  const [live, setLive] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const view = useRef<HTMLDivElement>(null);
  const stream = useRef<MediaStream | null>(null);

  const close = (): void => {
    for (const track of stream.current?.getTracks() ?? []) track.stop();
    stream.current = null;
    setLive(false);
  };

  useEffect(() => {
    const input = document.getElementById(formId)?.querySelector('input[type=file]');
    const onChange = (): void => {
      const file = input instanceof HTMLInputElement ? input.files?.[0] : undefined;
      setChosen(file ? URL.createObjectURL(file) : null);
    };
    input?.addEventListener('change', onChange);
    return () => {
      input?.removeEventListener('change', onChange);
      for (const track of stream.current?.getTracks() ?? []) track.stop();
    };
  }, [formId]);

  useEffect(
    () => () => {
      if (chosen !== null) URL.revokeObjectURL(chosen);
    },
    [chosen],
  );

  useEffect(() => {
    if (!signedIn) setField(formId, 'place', '');
  }, [formId, signedIn]);

  useEffect(() => {
    if (live && video.current) video.current.srcObject = stream.current;
  }, [live]);

  const open = async (): Promise<void> => {
    setFailed(false);
    try {
      stream.current = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: 'environment', width: { ideal: 2560 } },
      });
      setChosen(null);
      setLive(true);
    } catch {
      setFailed(true);
      return;
    }
    // Where it was taken is sealed with the picture; a phone that does not say it is no obstacle.
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) => setField(formId, 'place', `${coords.latitude},${coords.longitude}`),
      () => setField(formId, 'place', ''),
      { maximumAge: 60_000, timeout: 20_000 },
    );
  };

  const shoot = (): void => {
    const from = video.current;
    if (!from || from.videoWidth === 0) return;
    const canvas = document.createElement('canvas');
    canvas.width = from.videoWidth;
    canvas.height = from.videoHeight;
    canvas.getContext('2d')?.drawImage(from, 0, 0);
    canvas.toBlob(
      (picture) => {
        if (picture) submitPicture(formId, picture);
      },
      'image/jpeg',
      0.92,
    );
    close();
  };

  const pick = (id: string): void => {
    setGhost(id);
    const station = pictures.find((one) => one.id === id)?.station;
    if (station !== undefined) setField(formId, 'station', station);
  };

  return (
    <div className="site-frame">
      {pictures.length > 0 && (
        <SelectField
          id="ghost"
          label={words.ghost}
          value={ghost}
          onChange={(event) => pick(event.target.value)}
          choices={[
            ...pictures.map(({ id, label }) => ({ value: id, label })),
            { value: '', label: words.noGhost },
          ]}
        />
      )}
      {(live || chosen !== null) && (
        <div className="site-view" ref={view}>
          {live ? (
            <video ref={video} autoPlay playsInline muted />
          ) : (
            <img src={chosen ?? ''} alt={words.chosen} />
          )}
          {ghost !== '' && <img className="site-ghost" src={`/api/site/photographs/${ghost}`} alt="" />}
        </div>
      )}
      {(live || chosen !== null) && ghost !== '' && (
        <label className="site-strength">
          {words.strength}
          <input
            type="range"
            min={0}
            max={100}
            defaultValue={45}
            onInput={(event) => view.current?.style.setProperty('--ghost', `${event.currentTarget.value}%`)}
          />
        </label>
      )}
      <p className="site-buttons">
        {live ? (
          <>
            <Btn kind="primary" type="button" onClick={shoot}>
              {words.shoot}
            </Btn>
            <Btn kind="line" type="button" onClick={close}>
              {words.close}
            </Btn>
          </>
        ) : (
          <Btn kind="line" type="button" onClick={() => void open()}>
            {words.open}
          </Btn>
        )}
      </p>
      {failed && <p role="status">{words.noCamera}</p>}
    </div>
  );
}
