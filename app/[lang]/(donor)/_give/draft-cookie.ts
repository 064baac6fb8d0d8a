import { cookies } from 'next/headers';
import { openDraft, sealDraft } from '@/lib/payments/give-draft';
import type { GiveDraft } from '@/lib/payments/give-draft.rules';
import { env } from '@/lib/env';

const NAME = 'giving';
/** Long enough to come back the same day; short, because telephones are handed round in a concert hall. */
const KEPT_SECONDS = 24 * 3600;

const options = {
  path: '/',
  httpOnly: true,
  sameSite: 'lax',
  secure: env.PUBLIC_URL.startsWith('https:'),
} as const;

/** What this browser's giver has answered so far. */
export const readDraft = async (): Promise<GiveDraft | null> => openDraft((await cookies()).get(NAME)?.value);

/** Keeps the answers in the giver's own browser; false when they are too long to be kept. Only in actions. */
export const keepDraft = async (draft: GiveDraft): Promise<boolean> => {
  const sealed = sealDraft(draft);
  if (sealed === null) return false;
  (await cookies()).set(NAME, sealed, { ...options, maxAge: KEPT_SECONDS });
  return true;
};

export const dropDraft = async (): Promise<void> => {
  (await cookies()).set(NAME, '', { ...options, maxAge: 0 });
};
