import { z } from 'zod';

const session = { personId: z.uuid(), sessionId: z.uuid() };
const base64url = z.string().regex(/^[A-Za-z0-9_-]{1,8000}$/);

/** What a browser answers, as WebAuthn writes it in JSON; what it says is checked by signature. */
const answer = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  response: z.record(z.string().max(60), z.unknown()),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
  authenticatorAttachment: z.string().max(40).nullish(),
});

/** The challenge is made by the caller, so that the answer kept under the idempotency key never holds one. */
export const challengeForm = z.object({
  ...session,
  purpose: z.enum(['add', 'use']),
  challenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

export const addPasskeyForm = z.object({
  ...session,
  name: z.string().trim().min(1, { error: 'required' }).max(60, { error: 'too_long' }),
  answer,
});

export const usePasskeyForm = z.object({
  ...session,
  answer,
  nextTokenHash: z.string().regex(/^[0-9a-f]{64}$/),
});

export const removePasskeyForm = z.object({
  ...session,
  passkeyId: z.uuid(),
  reason: z.string().trim().min(1, { error: 'reason_required' }).max(500, { error: 'too_long' }),
});
