import type { ReactNode } from 'react';
import { mayDo, type Permission } from '@/lib/auth/roles.rules';
import type { StaffActor } from '@/lib/auth/session';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { newId } from '@/lib/shared/id';
import { ActForm } from './act-form';
import type { DeskField } from './act-form.rules';
import { actOnDesk } from './action';

export type DrawAct = (
  act: string,
  permission: Permission,
  submit: string,
  hidden: Readonly<Record<string, string>>,
  fields: readonly DeskField[],
) => ReactNode;

/** Draws the form of one act of the desk that leads back to `back`, or nothing for whoever may not do it. */
export const deskActs =
  (lang: Lang, actor: StaffActor, back: string): DrawAct =>
  (act, permission, submit, hidden, fields) =>
    mayDo(actor, permission) === 'allowed' && (
      <ActForm
        id={idOf(act, hidden)}
        lang={lang}
        action={actOnDesk}
        hidden={{ lang, back, act, key: newId(), ...hidden }}
        fields={fields}
        submit={submit}
        kind="line"
        refusedTitle={words(lang, 'desk')('act.refused')}
      />
    );

/** The act and the thing it is done to: the day is not what tells two forms apart. */
const idOf = (act: string, { on: _, ...thing }: Readonly<Record<string, string>>): string =>
  [act, ...Object.values(thing)].join('-').replace(/[^A-Za-z0-9-]/g, '-');

/** A form that is seldom needed, folded away under what it does; nothing when the person may not do it. */
export const fold = (summary: string, form: ReactNode): ReactNode =>
  form && (
    <details>
      <summary>{summary}</summary>
      {form}
    </details>
  );
