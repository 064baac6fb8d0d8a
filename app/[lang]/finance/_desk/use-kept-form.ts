'use client';

import {
  startTransition,
  useActionState,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type FormEvent,
  type RefObject,
} from 'react';
import { FRESH, type DeskState } from './act-form.rules';

/** What stood in a form when it was sent: texts by name, and for ticks `name=value`. */
type Sent = { readonly key: string; readonly texts: ReadonlyMap<string, string> };

export type KeptForm = {
  /** What came back from the last try; fresh once it was done. */
  readonly state: DeskState;
  readonly pending: boolean;
  /** What was sent to the last act that was done; a field that still says it is empty again. */
  readonly done: Sent | null;
  /** For the <form> itself. */
  readonly bind: {
    readonly ref: RefObject<HTMLFormElement | null>;
    readonly action: (form: FormData) => void;
    readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
    readonly onReset: (event: FormEvent<HTMLFormElement>) => void;
    readonly noValidate: true;
  };
};

/**
 * A form of the desk whose fields belong to who types in them. React resets a form when the answer comes, and with it what
 * was typed meanwhile; here a refusal leaves every field as it is, and an act that was done empties those only that still
 * say what was sent. Without script the answered page holds what was sent.
 *
 * @param key number of the form as the page gives it: another one means that the act was done and the page made anew
 */
export const useKeptForm = (
  action: (state: DeskState, form: FormData) => Promise<DeskState>,
  key: string,
): KeptForm => {
  const [answer, send, pending] = useActionState(action, FRESH);
  const [done, setDone] = useState<(Sent & { readonly over: DeskState }) | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const sent = useRef<Sent | null>(null);
  /** Whether the reset under way is ours and not React's. */
  const ours = useRef(false);
  // The page is made anew when an act is done, and with it the form: what was typed meanwhile goes into the new one.
  useLayoutEffect(() => {
    const element = form.current;
    if (!element) return;
    putIntoForm(element);
    return () => {
      if (sent.current) leave(element, sent.current.texts);
    };
  }, []);
  // A refusal: what was sent is not done.
  useEffect(() => {
    sent.current = null;
  }, [answer]);
  useEffect(() => {
    const was = sent.current;
    if (pending || was === null || was.key === key) return;
    sent.current = null;
    setDone({ ...was, over: answer });
  }, [pending, key, answer]);
  // After the fields have their first values as defaults again.
  useEffect(() => {
    if (!form.current || !done) return;
    ours.current = true;
    emptyWhatWasSent(form.current, done.texts);
    ours.current = false;
  }, [done]);
  return {
    state: done?.over === answer ? FRESH : answer,
    pending,
    done,
    bind: {
      ref: form,
      action: send,
      noValidate: true,
      onSubmit: (event) => {
        event.preventDefault();
        const { submitter } = event.nativeEvent as SubmitEvent;
        const data = new FormData(event.currentTarget, submitter);
        sent.current = { key, texts: textsOf(event.currentTarget) };
        startTransition(() => {
          send(data);
        });
      },
      onReset: (event) => {
        if (!ours.current) event.preventDefault();
      },
    },
  };
};

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const controlsOf = (form: HTMLFormElement): Control[] =>
  [...form.elements].filter(
    (one): one is Control =>
      (one instanceof HTMLInputElement && one.type !== 'hidden') ||
      one instanceof HTMLTextAreaElement ||
      one instanceof HTMLSelectElement,
  );

const isTick = (control: Control): control is HTMLInputElement =>
  control instanceof HTMLInputElement && (control.type === 'checkbox' || control.type === 'radio');

const nameOf = (control: Control): string =>
  isTick(control) ? `${control.name}=${control.value}` : control.name;
const textOf = (control: Control): string => (isTick(control) ? String(control.checked) : control.value);

const textsOf = (form: HTMLFormElement): ReadonlyMap<string, string> =>
  new Map(controlsOf(form).map((control) => [nameOf(control), textOf(control)]));

/** What was typed into forms that have gone, for the same form of the same page if it comes within a minute. */
const left = new Map<
  string,
  { readonly at: number; readonly putBack: readonly ((form: HTMLFormElement) => void)[] }
>();
const MINUTE_MS = 60_000;
const placeOf = (form: HTMLFormElement): string => `${window.location.pathname} ${form.id}`;

const leave = (form: HTMLFormElement, texts: ReadonlyMap<string, string>): void => {
  const putBack = typedSince(form, texts).map((control) => {
    const name = nameOf(control);
    const back = keeping(control);
    return (next: HTMLFormElement) => {
      const same = controlsOf(next).find((one) => nameOf(one) === name);
      if (same) back(same);
    };
  });
  if (putBack.length > 0) left.set(placeOf(form), { at: Date.now(), putBack });
};

const putIntoForm = (form: HTMLFormElement): void => {
  const found = left.get(placeOf(form));
  left.delete(placeOf(form));
  if (found && Date.now() - found.at < MINUTE_MS) for (const back of found.putBack) back(form);
};

const typedSince = (form: HTMLFormElement, texts: ReadonlyMap<string, string>): Control[] =>
  controlsOf(form).filter((control) => texts.get(nameOf(control)) !== textOf(control));

/** A reset of the browser's own, so that a field follows its default again; what was typed meanwhile is put back. */
const emptyWhatWasSent = (form: HTMLFormElement, texts: ReadonlyMap<string, string>): void => {
  const putBack = typedSince(form, texts).map((control) => {
    const back = keeping(control);
    return () => {
      back(control);
    };
  });
  form.reset();
  for (const back of putBack) back();
};

/** What stands in a control now, to be put into it, or into the one in its place. */
const keeping = (control: Control): ((into: Control) => void) => {
  const { value } = control;
  const ticked = isTick(control) && control.checked;
  const files = control instanceof HTMLInputElement && control.type === 'file' ? control.files : null;
  return (into) => {
    if (isTick(into)) into.checked = ticked;
    else if (files === null) into.value = value;
    else if (into instanceof HTMLInputElement) into.files = files;
  };
};
