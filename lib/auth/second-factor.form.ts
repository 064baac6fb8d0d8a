import { z } from 'zod';

const base32 = z.string().regex(/^[A-Z2-7]{32}$/, { error: 'secret' });
const typed = z.string().max(60);
export const tokenHash = z.string().regex(/^[0-9a-f]{64}$/);

/** The secret is made by the caller, so that the answer kept under the idempotency key never holds one. */
export const beginForm = z.object({ personId: z.uuid(), secret: base32 });

/** Of one salt; made by the caller, outside the transaction. */
export const recoverySet = {
  recoveryHashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)).length(10),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
};

export const proveForm = z.object({ personId: z.uuid(), sessionId: z.uuid(), typed });

export const confirmForm = z.object({
  personId: z.uuid(),
  sessionId: z.uuid(),
  typed,
  step: z.int(),
  ...recoverySet,
  nextTokenHash: tokenHash,
});

export const passForm = z.object({
  personId: z.uuid(),
  sessionId: z.uuid(),
  typed,
  nextTokenHash: tokenHash,
});

export const resetForm = z.object({ personId: z.uuid() });
