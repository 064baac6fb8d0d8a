'use server';

import { redirect } from 'next/navigation';
import { currentActor } from '@/lib/auth/session';
import { isLang } from '@/lib/i18n/languages';
import { openAgain } from '@/lib/payments/checkout.flow';
import { provider } from '@/lib/payments/provider';

/** Goes on paying: back to the open page, or to a new one when the last try has ended without money. */
export async function goOnPaying(language: string, checkoutId: string, form: FormData): Promise<void> {
  const lang = isLang(language) ? language : 'zh-Hans';
  const actor = await currentActor();
  const key = form.get('key');
  const gateway = provider();
  const here = `/${lang}/give/return?try=${checkoutId}`;
  if (gateway === null || typeof key !== 'string' || !/^[0-9a-f-]{36}$/.test(key)) redirect(here);
  const page = await openAgain(
    checkoutId,
    lang,
    actor.kind === 'donor' ? actor : { kind: 'visitor' },
    `again:${key}`,
    { gateway },
  );
  redirect(page.ok ? page.value.url : `${here}&trouble=1`);
}
