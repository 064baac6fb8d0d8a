import { z } from 'zod';

const base32 = z.string().regex(/^[A-Z2-7]{32}$/, { error: 'secret' });
const typed = z.string().max(60);

/** The secret is made by the caller, so that the answer kept under the idempotency key never holds one. */
export const beginForm = z.object({ personId: z.uuid(), secret: base32 });

export const confirmForm = z.object({
  personId: z.uuid(),
  sessionId: z.uuid(),
  typed,
  recoveryHashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)).length(10),
  nextTokenHash: z.string().regex(/^[0-9a-f]{64}$/),
});

export const passForm = z.object({
  personId: z.uuid(),
  sessionId: z.uuid(),
  typed,
  nextTokenHash: z.string().regex(/^[0-9a-f]{64}$/),
});

export const renewCodesForm = z.object({
  personId: z.uuid(),
  sessionId: z.uuid(),
  recoveryHashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)).length(10),
});

export const resetForm = z.object({ personId: z.uuid() });
