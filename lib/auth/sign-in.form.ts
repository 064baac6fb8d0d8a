import { z } from 'zod';
import { parseAddress } from '../mail/address.rules';
import { lang } from '../shared/form-parts';
import { readNextPath } from './next-path.rules';

const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: 'secret' });
const hashHex = z.string().regex(/^[0-9a-f]{64}$/, { error: 'hash' });

export const address = z.string().transform((typed, check) => {
  const read = parseAddress(typed);
  if (read !== null) return read;
  check.addIssue({ code: 'custom', message: 'address_invalid' });
  return z.NEVER;
});

/** The two secrets and the code are made by the caller: they leave this process only in the mail and the cookie. */
export const askForm = z.object({
  email: address,
  lang,
  next: z
    .string()
    .nullable()
    .transform((path) => readNextPath(path)),
  requestSecret: secret,
  linkSecret: secret,
  code: z.string().regex(/^[2-9A-Z]{8}$/, { error: 'code' }),
  device: z.string().min(1).max(80),
});

export const tryForm = z.object({ requestSecret: secret, code: z.string().max(60).nullable() });

export const completeForm = z.object({ tokenHash: hashHex });

export const openSessionForm = z.object({
  tokenHash: hashHex,
  personId: z.uuid(),
  device: z.string().min(1).max(80),
});

export const endSessionForm = z.object({
  personId: z.uuid(),
  sessionId: z.uuid(),
  because: z.enum(['signed_out', 'ended_elsewhere', 'replaced']),
});

export const endOthersForm = z.object({ personId: z.uuid(), keepSessionId: z.uuid() });
