'use server';

import { SECRET_SHAPE } from '@/lib/auth/secrets';
import { refuseForeignAction } from '@/lib/auth/session';
import { requestOfLink } from '@/lib/auth/sign-in.queries';
import { pastedToken } from '@/lib/shared/letter-link.rules';
import { text } from './asked';
import type { LinkState } from './link-state.rules';

/** Whom a mailed link would sign in. Reads only, so that whatever opens it, a mail scanner too, changes nothing. */
export async function lookAtLink(_before: LinkState, form: FormData): Promise<LinkState> {
  await refuseForeignAction();
  const typed = text(form, 'link');
  const token = pastedToken(typed);
  if (!SECRET_SHAPE.test(token)) return { kind: 'unread', wrong: true, typed };
  const asked = await requestOfLink(token);
  return asked?.usable && asked.email !== null
    ? { kind: 'good', email: asked.email, token }
    : { kind: 'over' };
}
