'use server';

import { redirect } from 'next/navigation';
import { currentActor } from '@/lib/auth/session';
import { newId } from '@/lib/shared/id';
import { isLang } from '@/lib/i18n/languages';
import { openAgain } from '@/lib/payments/checkout.flow';
import { lookAtPayment } from '@/lib/payments/checkout.flow';
import { typedOf } from '../../_give/step-state';
import { admit } from '../../_give/admit';
import { provider } from '@/lib/payments/provider';

/** Goes on paying: back to the open page, or to a new one when the last try has ended without money. */
export async function goOnPaying(language: string, checkoutId: string, form: FormData): Promise<void> {
  const lang = isLang(language) ? language : 'zh-Hans';
  const actor = await currentActor();
  const gateway = provider();
  const here = `/${lang}/give/return?try=${checkoutId}`;
  if (gateway === null) redirect(here);
  const before = await lookAtPayment(checkoutId, { gateway });
  if (!before) redirect(here);
  const again = !['asked', 'open', 'unknown'].includes(before.state);
  const admitted = again ? await admit(lang, typedOf(form), { card: before.channel === 'card' }) : null;
  // The last page before paying knows how to ask this browser for what is missing.
  if (admitted && 'state' in admitted) redirect(`/${lang}/give/review`);
  const page = await openAgain(
    checkoutId,
    lang,
    actor.kind === 'donor' ? actor : { kind: 'visitor' },
    `again:${admitted?.passed.key ?? newId()}`,
    { gateway },
  );
  if (page.ok && 'checkoutId' in page.value) await admitted?.passed.opened(page.value.checkoutId);
  redirect(page.ok ? page.value.url : `${here}&trouble=1`);
}
