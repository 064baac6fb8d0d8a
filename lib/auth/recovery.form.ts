import { z } from 'zod';
import { recoverySet, tokenHash } from './second-factor.form';

export const tryCodeForm = z.object({ personId: z.uuid(), sessionId: z.uuid() });

export const useCodeForm = z.object({
  personId: z.uuid(),
  sessionId: z.uuid(),
  candidates: z
    .array(
      z.object({
        hash: z.string().regex(/^[0-9a-f]{64}$/),
        salt: z
          .string()
          .regex(/^[0-9a-f]{32}$/)
          .nullable(),
      }),
    )
    .min(1)
    .max(11),
  nextTokenHash: tokenHash,
});

export const renewCodesForm = z.object({ personId: z.uuid(), sessionId: z.uuid(), ...recoverySet });
