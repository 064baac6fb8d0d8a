import 'server-only';
import { z } from 'zod';
import { env } from '../env';
import { fromStoredJson, toStoredJson } from '../shared/canonical';
import { seal, unseal } from '../shared/seal';
import { isCurrency } from '../shared/money';
import type { CurrencyCode } from '../shared/currencies';
import { SHARERS_MAX } from '../pledges/giver.rules';
import { OWN_DATES } from './give-draft.form';
import type { GiveDraft } from './give-draft.rules';

/** Longer texts would not fit a cookie; the pages' limits keep drafts well below it. */
const SEALED_MAX = 3_900;

const shape: z.ZodType<GiveDraft> = z.object({
  campaign: z.string().max(60),
  device: z.string().max(36),
  begun: z.number(),
  event: z.string().max(60).nullable(),
  source: z.enum(['online', 'hall']),
  currency: z.custom<CurrencyCode>((value) => typeof value === 'string' && isCurrency(value)),
  amountMinor: z.bigint().positive().nullable(),
  road: z.string().max(20).nullable(),
  timing: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('once') }),
      z.object({
        kind: z.literal('parts'),
        count: z.number().int().min(1).max(12),
        everyMonths: z.number().int().min(1).max(3),
        firstDue: z.iso.date(),
      }),
      z.object({
        kind: z.literal('dates'),
        parts: z
          .array(z.object({ dueOn: z.iso.date(), amountMinor: z.bigint().positive() }))
          .min(1)
          .max(OWN_DATES),
      }),
    ])
    .nullable(),
  name: z
    .object({
      shownAs: z.string().nullable(),
      nameKind: z.enum(['name', 'pseudonym']),
      dedication: z.string().nullable(),
      dedicationKind: z.enum(['honour', 'memory']).nullable(),
      donorKind: z.enum(['person', 'family', 'organisation']),
      contact: z.string().nullable(),
      sharers: z.array(z.object({ name: z.string(), amountMinor: z.bigint().positive() })).max(SHARERS_MAX),
      message: z.string().nullable(),
      email: z.string().nullable(),
      receiptName: z.string().nullable(),
    })
    .nullable(),
  method: z.enum(['card', 'alipay', 'wechat', 'bank']).nullable(),
  coverFee: z.boolean(),
  ifNotBuilt: z.enum(['ask', 'where_needed', 'return']),
  sent: z.object({ checkoutId: z.uuid(), answers: z.string().length(64) }).nullable(),
});

/**
 * The draft as the giver's browser keeps it: encrypted, so that a name typed on a shared telephone cannot be read out
 * of it, and unforgeable. Null when it would not fit a cookie.
 */
export const sealDraft = (draft: GiveDraft): string | null => {
  const sealed = seal(env.AUTH_SECRET, 'give-draft', 'cookie', toStoredJson(draft)).toString('base64url');
  return sealed.length <= SEALED_MAX ? sealed : null;
};

/** What was kept, or null when there is nothing, it is not ours, or it is of an earlier shape. */
export const openDraft = (sealed: string | undefined): GiveDraft | null => {
  if (sealed === undefined || sealed.length > SEALED_MAX || !/^[\w-]+$/.test(sealed)) return null;
  const bytes = Buffer.from(sealed, 'base64url');
  // One spelling only: a decoder passes over letters that make no whole byte.
  if (bytes.toString('base64url') !== sealed) return null;
  const text = unseal(env.AUTH_SECRET, 'give-draft', 'cookie', bytes);
  if (text === null) return null;
  const draft = shape.safeParse(fromStoredJson(JSON.parse(text)));
  return draft.success ? draft.data : null;
};
