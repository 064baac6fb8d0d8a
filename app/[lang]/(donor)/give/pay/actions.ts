'use server';

import { redirect } from 'next/navigation';
import { runCommand } from '@/lib/command';
import { takeFromBudget } from '@/lib/auth/rate-limit';
import { currentActor, requestNetwork } from '@/lib/auth/session';
import { isLang } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import { startDonation } from '@/lib/payments/checkout.commands';
import { chargeOf } from '@/lib/payments/give-draft.rules';
import { admit } from '../../_give/admit';
import { openPaymentPage } from '@/lib/payments/checkout.flow';
import { readMethodStep, readPayment, type GiveMistake } from '@/lib/payments/give-draft.form';
import { pledgeCard } from '@/lib/payments/pledge-card.queries';
import { provider } from '@/lib/payments/provider';
import { isCurrency } from '@/lib/shared/money';
import { accountingDate } from '@/lib/shared/time';
import { noteMistakes } from '../../_give/note-mistakes';
import { inWords, typedOf, type StepState } from '../../_give/step-state';
import { mistakeWords } from '../../_give/step-words';

/** Finding a promise by its reference can be tried a few times a minute, not thousands. */
const FIND_PER_NETWORK = { burst: 60, everySeconds: 2 };

export async function findPledge(language: string, _: StepState, form: FormData): Promise<StepState> {
  await currentActor();
  const lang = isLang(language) ? language : 'zh-Hans';
  const typed = typedOf(form);
  const reference = (typed['reference'] ?? '').trim();
  const said = mistakeWords(lang, { currency: 'CNY', today: '' });
  const wrong = (name: 'reference_missing' | 'reference_wrong'): StepState => {
    const mistakes = [{ field: 'reference', name }];
    noteMistakes(mistakes, typed);
    return { typed, errors: inWords(mistakes, said) };
  };
  if (reference === '') return wrong('reference_missing');
  const budget = await takeFromBudget('find_pledge_per_network', await requestNetwork(), FIND_PER_NETWORK);
  if (!budget.ok) return { typed, errors: [], refusal: refusals[lang].too_many_requests };
  const card = await pledgeCard(reference, '9999-12-31');
  if (!card) return wrong('reference_wrong');
  redirect(`/${lang}/give/pay?ref=${card.reference}`);
}

/** Pays part or all of a promise through the provider. */
export async function payPledge(
  language: string,
  reference: string,
  _: StepState,
  form: FormData,
): Promise<StepState> {
  const actor = await currentActor();
  const lang = isLang(language) ? language : 'zh-Hans';
  const typed = typedOf(form);
  const card = await pledgeCard(reference, '9999-12-31');
  if (!card || !isCurrency(card.currency)) redirect(`/${lang}/give/pay`);
  const amount = readPayment(typed, card.currency, card.leftMinor);
  const method = readMethodStep(typed, { foreign: false });
  const mistakes: GiveMistake[] = [
    ...(amount.ok ? [] : amount.mistakes),
    ...(method.ok ? [] : method.mistakes),
  ];
  const today = accountingDate(new Date(), card.timeZone);
  if (!amount.ok || !method.ok) {
    noteMistakes(mistakes, typed);
    return { typed, errors: inWords(mistakes, mistakeWords(lang, { currency: card.currency, today })) };
  }
  if (method.value.method === 'bank') redirect(`/${lang}/give/card?ref=${card.reference}`);
  const gateway = provider();
  if (gateway === null) return { typed, errors: [], refusal: refusals[lang].payment_provider_unavailable };
  const admitted = await admit(lang, typed, { card: method.value.method === 'card' });
  if ('state' in admitted) return admitted.state;
  const charge = chargeOf(
    {
      amountMinor: amount.value.amountMinor,
      currency: card.currency,
      method: method.value.method,
      coverFee: method.value.coverFee,
    },
    card.currency,
  );
  const started = await runCommand(
    startDonation,
    {
      campaign: card.campaign,
      pledgeReference: card.reference,
      donor: null,
      currency: card.currency,
      ...charge,
      surplus: amount.value.surplus,
      designation: null,
      recognition: null,
      givenOn: today,
      channel: method.value.method,
    },
    actor.kind === 'donor' ? actor : { kind: 'visitor' },
    { key: `pay:${admitted.passed.key}` },
  );
  if (!started.ok) return { typed, errors: [], refusal: refusals[lang][started.refusal.name] };
  await admitted.passed.opened(started.value.checkoutId);
  const page = await openPaymentPage(started.value.checkoutId, lang, { gateway });
  if (!page.ok) return { typed, errors: [], refusal: refusals[lang][page.refusal.name] };
  redirect(page.value.url);
}
