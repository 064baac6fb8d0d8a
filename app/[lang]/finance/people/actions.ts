'use server';

import { redirect } from 'next/navigation';
import { disablePerson, enablePerson, enrolPerson, grantRole, revokeRole } from '@/lib/auth/person.commands';
import { resetSecondFactor } from '@/lib/auth/second-factor.commands';
import { requireRecentSecondFactor, requireStaff } from '@/lib/auth/session';
import { runCommand } from '@/lib/command';
import type { AnyCommand } from '@/lib/context';
import { isLang, type Lang } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import { noteRefusal } from '@/lib/server/refusal-log';
import type { DeskState } from '../_desk/act-form.rules';

type Act = {
  readonly command: AnyCommand<unknown>;
  readonly input: (text: (name: string) => string) => unknown;
};

const aboutPerson = (text: (name: string) => string) => ({ personId: text('personId') });
const aboutRole = (text: (name: string) => string) => ({ personId: text('personId'), role: text('role') });

/** What an administrator can do with people, by the name the form sends. */
const ACTS: Readonly<Record<string, Act>> = {
  enrol: {
    command: enrolPerson,
    input: (text) => ({
      email: text('email'),
      name: text('name'),
      lang: text('mailLang'),
      roles: [text('role')],
      totpSecret: null,
    }),
  },
  grant: { command: grantRole, input: aboutRole },
  revoke: { command: revokeRole, input: aboutRole },
  reset: { command: resetSecondFactor, input: aboutPerson },
  disable: {
    command: disablePerson,
    input: (text) => ({ ...aboutPerson(text), reason: text('reason') }),
  },
  enable: { command: enablePerson, input: aboutPerson },
};

/** Whoever changes what others may do has shown who they are within the last minutes. */
const FRESH_MINUTES = 30;

/** Every form of the people page posts here. */
export async function actOnPeople(_before: DeskState, form: FormData): Promise<DeskState> {
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.slice(0, 500) : '';
  };
  const typedLang = text('lang');
  const lang: Lang = isLang(typedLang) ? typedLang : 'zh-Hans';
  const actor = await requireStaff('person:manage', lang);
  await requireRecentSecondFactor(FRESH_MINUTES, lang);
  const name = text('act');
  const act = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
  const values = Object.fromEntries(
    ['email', 'name', 'mailLang', 'role', 'reason'].map((one) => [one, text(one)]),
  );
  if (!act) {
    noteRefusal({ code: 'act_unknown', field: 'act', actor });
    return { message: refusals[lang].not_found, field: null, values };
  }
  const answer = await runCommand(act.command, act.input(text), actor, { key: text('key') });
  if (!answer.ok)
    return {
      message: refusals[lang][answer.refusal.name],
      field: answer.refusal.field?.split('.')[0] ?? null,
      values,
    };
  const person = text('personId');
  redirect(`/${lang}/finance/people?done=1${person === '' ? '' : `&person=${encodeURIComponent(person)}`}`);
}
