'use client';

import { useActionState, type ReactNode } from 'react';
import { Btn, BtnLink } from '../../../_ui/btn/component';
import { TextField } from '../../../_ui/form/component';
import { FRESH, type EntryState } from './form-state.rules';

type Props = {
  readonly action: (state: EntryState, form: FormData) => Promise<EntryState>;
  readonly hidden: Readonly<Record<string, string>>;
  readonly field: {
    readonly name: string;
    readonly label: string;
    readonly hint?: string | undefined;
    readonly type: 'email' | 'code';
  } | null;
  readonly submit: string;
  /** What the page says once recovery codes have come back. */
  readonly codes?: {
    readonly title: string;
    readonly why: string;
    readonly next: string;
    readonly nextHref: string;
  };
  /** Stands above the field and goes once codes are shown: the QR code. */
  readonly children?: ReactNode;
};

/** One question of signing in. Works without script: what comes back stands in the answered page itself. */
export function EntryForm({ action, hidden, field, submit, codes, children }: Props) {
  const [state, send, pending] = useActionState(action, FRESH);
  if (state.codes !== null && codes) return <Codes codes={state.codes} words={codes} />;
  return (
    <form action={send} className="grid gap-5" noValidate>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      {field !== null && (
        <TextField
          id={field.name}
          name={field.name}
          label={field.label}
          hint={field.hint}
          error={state.error ?? undefined}
          {...(field.type === 'email'
            ? { type: 'email', autoComplete: 'email', inputMode: 'email' as const, maxLength: 400 }
            : {
                type: 'text',
                autoComplete: 'one-time-code',
                autoCapitalize: 'characters',
                maxLength: 60,
                figures: true,
              })}
          required
          spellCheck={false}
          defaultValue={state.typed}
          key={`${state.typed}${state.error ?? ''}`}
        />
      )}
      <div>
        <Btn type="submit" disabled={pending} wide>
          {submit}
        </Btn>
      </div>
    </form>
  );
}

function Codes({ codes, words }: { codes: readonly string[]; words: NonNullable<Props['codes']> }) {
  return (
    <section className="grid gap-4" aria-labelledby="recovery-codes">
      <h2 id="recovery-codes" className="text-xl" tabIndex={-1} ref={(head) => head?.focus()}>
        {words.title}
      </h2>
      <p>{words.why}</p>
      <ol className="grid list-inside list-decimal grid-cols-1 gap-x-6 gap-y-1 md:grid-cols-2">
        {codes.map((code) => (
          <li key={code} className="num text-lg whitespace-nowrap">
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <BtnLink href={words.nextHref} wide>
        {words.next}
      </BtnLink>
    </section>
  );
}
