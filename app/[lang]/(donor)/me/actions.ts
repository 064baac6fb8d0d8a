'use server';

import { redirect } from 'next/navigation';
import { clearSessionCookie, currentActor } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { runCommand } from '@/lib/command';
import type { AnyCommand } from '@/lib/context';
import { giveConsent, withdrawConsent } from '@/lib/donors/consent.commands';
import { forgetMe } from '@/lib/donors/forget.commands';
import { askGiftMove } from '@/lib/donors/move.commands';
import { askRefund, withdrawRequest } from '@/lib/donors/request.commands';
import { isLang, type Lang } from '@/lib/i18n/languages';
import { waiveReceipt } from '@/lib/receipts/receipt-print.commands';
import { noteRefusal } from '@/lib/server/refusal-log';
import { newId } from '@/lib/shared/id';
import { isCurrency, parseAmount } from '@/lib/shared/money';

type Text = (name: string) => string;
type Act = { readonly command: AnyCommand<unknown>; readonly input: (text: Text) => unknown };

const amount = (text: Text): bigint | null => {
  const currency = text('currency');
  const parsed = parseAmount(text('amount'), isCurrency(currency) ? currency : 'CNY');
  return parsed.ok ? parsed.value : null;
};

/** What a giver can decide about a gift, by the name the form sends. The commands ask whose gift it is. */
const ACTS: Readonly<Record<string, Act>> = {
  give_consent: {
    command: giveConsent,
    input: (text) => ({ donation: text('gift'), name: text('name') }),
  },
  withdraw_consent: { command: withdrawConsent, input: (text) => ({ donation: text('gift') }) },
  refund: {
    command: askRefund,
    input: (text) => ({ donation: text('gift'), amountMinor: amount(text), reason: text('reason') }),
  },
  move: {
    command: askGiftMove,
    input: (text) => ({
      donation: text('gift'),
      designation: text('designation') === 'where_needed' ? null : text('designation'),
    }),
  },
  withdraw_request: { command: withdrawRequest, input: (text) => ({ request: text('request') }) },
  waive: {
    command: waiveReceipt,
    input: (text) => ({ donation: text('gift'), waive: true, on: accountingToday() }),
  },
  unwaive: {
    command: waiveReceipt,
    input: (text) => ({ donation: text('gift'), waive: false, on: accountingToday() }),
  },
};

const reader = (form: FormData): Text => {
  return (name) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
};

const langOf = (text: Text): Lang => {
  const lang = text('lang');
  return isLang(lang) ? lang : 'zh-Hans';
};

/** Every form of a giver's gift posts here and comes back to that gift. Works without script. */
export async function actOnMine(form: FormData): Promise<void> {
  const text = reader(form);
  const lang = langOf(text);
  const code = /^G-\d{4,12}$/.test(text('gift')) ? text('gift') : '';
  const back = `/${lang}/me/gifts/${code}`;
  const actor = await currentActor();
  if (actor.kind === 'visitor') redirect(`/${lang}/sign-in?next=${encodeURIComponent(back)}`);
  const name = text('act');
  const act = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
  if (!act) {
    noteRefusal({ code: 'act_unknown', field: 'act', actor });
    redirect(`${back}?refused=not_found`);
  }
  const done = await runCommand(act.command, act.input(text), actor, { key: text('key') || newId() });
  redirect(done.ok ? `${back}?done=1` : `${back}?refused=${done.refusal.name}`);
}

/** The button of the page that says what will be erased. */
export async function forgetMine(form: FormData): Promise<void> {
  const text = reader(form);
  const lang = langOf(text);
  const actor = await currentActor();
  if (actor.kind === 'visitor') redirect(`/${lang}/sign-in?next=${encodeURIComponent(`/${lang}/me/forget`)}`);
  const done = await runCommand(forgetMe, { confirm: text('confirm') }, actor, {
    key: text('key') || newId(),
  });
  if (!done.ok) redirect(`/${lang}/me/forget?refused=${done.refusal.name}`);
  await clearSessionCookie();
  redirect(`/${lang}/me?forgotten=1`);
}
