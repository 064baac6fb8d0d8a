import { z } from 'zod';
import { lang } from '../shared/form-parts';
import { readName } from '../shared/names';
import { ROLES } from './roles.rules';
import { address } from './sign-in.form';

export const role = z.enum(ROLES, { error: 'role' });

const personName = z.string().transform((typed, check) => {
  const read = readName(typed);
  if (read.ok) return read.value;
  check.addIssue({ code: 'custom', message: String(read.refusal.details?.['reason'] ?? 'text') });
  return z.NEVER;
});

export const enrolForm = z.object({
  email: address,
  name: personName,
  lang,
  roles: z.array(role).min(1, { error: 'required' }).max(ROLES.length),
  /** For the demonstration only: an authenticator known beforehand, so that its codes can be printed. */
  totpSecret: z
    .string()
    .regex(/^[A-Z2-7]{32}$/, { error: 'secret' })
    .nullable(),
});
export type EnrolForm = z.input<typeof enrolForm>;

export const roleForm = z.object({ personId: z.uuid(), role });

export const disableForm = z.object({ personId: z.uuid(), reason: z.string().trim().min(1).max(500) });
