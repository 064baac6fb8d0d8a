import { z } from 'zod';
import { EMAIL_SHAPE } from '../shared/email';
import { lang, minorAmount, uuid } from '../shared/form-parts';
import { readName, readText } from '../shared/names';
import { DEDICATION_MAX, MESSAGE_MAX, SHARERS_MAX } from './giver.rules';

/** A name as typed, kept exactly or refused with the reason; never split into given and family name. */
export const personName = z.string().transform((typed, check) => {
  const read = readName(typed);
  if (read.ok) return read.value;
  check.addIssue({ code: 'custom', message: String(read.refusal.details?.['reason'] ?? 'text') });
  return z.NEVER;
});

const freeText = (max: number) =>
  z.string().transform((typed, check) => {
    const read = readText(typed, { max });
    if (read.ok) return read.value === '' ? null : read.value;
    check.addIssue({ code: 'custom', message: String(read.refusal.details?.['reason'] ?? 'text') });
    return z.NEVER;
  });

/** What happens to a gift when its road cannot be built: ask me, use it where it is needed, send it back. */
export const ifNotBuilt = z.enum(['ask', 'where_needed', 'return'], { error: 'if_not_built' });

/** Who gives. Everything may be left out but the language letters are written in: a gift can be anonymous. */
export const donorForm = z.object({
  name: personName.nullable(),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(320, { error: 'too_long' })
    .pipe(z.email({ pattern: EMAIL_SHAPE, error: 'email' }))
    .nullable(),
  phone: z
    .string()
    .trim()
    .regex(/^[+()\d][-+()\d\s./]{3,38}$/, { error: 'phone' })
    .nullable(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, { error: 'country' })
    .nullable(),
  /** A family and an organisation (宗亲会, company, class of 1986) give under their own name, by the hand of a person. */
  kind: z.enum(['person', 'family', 'organisation'], { error: 'donor_kind' }).default('person'),
  contact: personName.nullable().default(null),
  lang,
});
export type DonorForm = z.infer<typeof donorForm>;

/**
 * How a pledge or gift may be named in public. Nothing is shown unless `consent` is given for exactly this
 * (个人信息保护法 art 25: separate consent), so a name without it is refused rather than kept for later.
 */
export const recognitionForm = z
  .object({
    /** The name in the three languages; someone who types one name is shown under it everywhere. */
    shownAs: z.object({ 'zh-Hans': personName, 'zh-Hant': personName, en: personName }).nullable(),
    /** A pseudonym is shown like a name; it is never used to find duplicates or to write a receipt. */
    nameKind: z.enum(['name', 'pseudonym'], { error: 'name_kind' }).default('name'),
    dedication: freeText(DEDICATION_MAX).nullable(),
    dedicationKind: z.enum(['honour', 'memory'], { error: 'dedication_kind' }).nullable().default(null),
    message: freeText(MESSAGE_MAX).nullable(),
    consent: z.boolean(),
  })
  .refine((form) => form.consent || (form.shownAs ?? form.dedication ?? form.message) === null, {
    error: 'consent_required',
    path: ['consent'],
  });
export type RecognitionForm = z.infer<typeof recognitionForm>;

/** Who shares in a promise or gift made by one person, and how much of it is theirs. Never in the books. */
export const sharersForm = z
  .array(z.object({ name: personName, amountMinor: minorAmount }))
  .max(SHARERS_MAX, { error: 'too_long' })
  .default([]);
export type SharersForm = z.infer<typeof sharersForm>;

export const moderationForm = z.object({
  recognitionId: uuid,
  moderation: z.enum(['shown', 'hidden'], { error: 'moderation' }),
});
