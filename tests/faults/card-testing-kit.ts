import { sql } from 'kysely';
import { admitTry } from '@/lib/payments/defence.flow';
import { makeFormToken } from '@/lib/payments/form-token';
import { startDonation } from '@/lib/payments/checkout.commands';
import { openPaymentPage } from '@/lib/payments/checkout.flow';
import { searchFrom } from '@/lib/shared/proof-of-work';
import { newId } from '@/lib/shared/id';
import { onlineGift, type PaymentKit } from '../db/payments-kit';

/*
 * Card testers among real givers, through the same functions as the pages: form token, admission, intent, payment
 * page at the stand-in, a press of its button, and the webhook that tells of the refused card.
 */

export type Attack = {
  readonly tries: number;
  readonly addresses: number;
  readonly donors: number;
  /** Fewer bits of work than in earnest, so that a test does not spend its time hashing. */
  readonly easier: number;
};

export type Outcome = {
  readonly tries: number;
  /** Cards that were tried at the provider, and the payment pages that were opened for it. */
  readonly reached: number;
  readonly pages: number;
  readonly donors: number;
  readonly donorsStopped: number;
  readonly donorsAskedToProve: number;
  readonly alarmAfterTries: number | null;
  readonly alarmAfterMs: number | null;
  readonly tookMs: number;
};

/** A form that has been open for half a minute. */
const token = (): string => makeFormToken(Date.now() - 30_000);

const solve = (challenge: string, bits: number): string => {
  for (let at = 0; ; at += 4_000) {
    const found = searchFrom(challenge, bits, at, 4_000);
    if (found !== null) return `${challenge}:${found}`;
  }
};

type Person = { readonly network: string; readonly device: string; readonly email: string | null };

/** What somebody does who is asked for more: work (a script), prove a mailbox by signing in, or nothing. */
type Means = 'work' | 'account' | 'nothing';

/** One way to the payment page; answers its address, or null when the defence said no. */
const attempt = async (
  kit: PaymentKit,
  who: Person,
  form: string,
  means: Means,
  easier: number,
): Promise<{ readonly url: string | null; readonly proved: boolean }> => {
  const asking = { ...who, token: form, proof: '', account: null };
  let admission = await admitTry(asking, { db: kit.db, easier });
  let proved = false;
  if (admission.do === 'prove' && means === 'work') {
    proved = true;
    const proof = solve(admission.challenge, admission.bits);
    admission = await admitTry({ ...asking, proof }, { db: kit.db, easier });
  } else if (admission.do === 'prove' && means === 'account') {
    proved = true;
    admission = await admitTry({ ...asking, account: who.email }, { db: kit.db, easier });
  }
  if (admission.do !== 'pass') return { url: null, proved };
  const started = await kit.run(
    startDonation,
    onlineGift({ amountMinor: 1_000n }),
    kit.visitor,
    `give:${admission.key}`,
  );
  if (!started.ok) return { url: null, proved };
  await admission.opened(started.value.checkoutId);
  const page = await openPaymentPage(started.value.checkoutId, 'en', kit.around);
  return { url: page.ok ? page.value.url : null, proved };
};

/**
 * Runs the attack. Of every ten tries of the attackers four replay one form, four open a form of their own and wait,
 * one also does the work it is asked for and one signs in, with forty mailboxes they have. On every third page they go
 * on until it is closed. Givers sit in a hall behind one address or at home; one in fifty has no script, cannot work and
 * proves a mailbox instead.
 */
export const runAttack = async (kit: PaymentKit, attack: Attack): Promise<Outcome> => {
  const started = Date.now();
  const replayed = token();
  const pages = new Set<string>();
  let stopped = 0;
  let asked = 0;
  let alarmTries: number | null = null;
  let alarmMs: number | null = null;
  const everyDonor = Math.max(1, Math.floor(attack.tries / attack.donors));
  let donors = 0;
  let reached = 0;
  for (let n = 0; n < attack.tries; n += 1) {
    const source = n % attack.addresses;
    const network = `127.0.${1 + Math.floor(source / 100)}.${1 + (source % 100)}`;
    const kind = n % 10;
    const form = kind < 4 ? replayed : token();
    const { url } = await attempt(
      kit,
      { network, device: newId(), email: kind === 8 ? `tester${n % 40}@example.com` : null },
      form,
      kind === 9 ? 'work' : kind === 8 ? 'account' : 'nothing',
      attack.easier,
    );
    if (url !== null && !pages.has(url)) {
      pages.add(url);
      for (let cards = pages.size % 3 === 0 ? 5 : 1; cards > 0; cards -= 1)
        if (await tryCard(kit, url)) reached += 1;
        else break;
    }
    if (alarmTries === null && n % 5 === 0 && (await alarms(kit)) > 0) {
      alarmTries = n + 1;
      alarmMs = Date.now() - started;
    }
    if (n % everyDonor === 0 && donors < attack.donors) {
      donors += 1;
      const inHall = donors % 2 === 0;
      const giver = await attempt(
        kit,
        {
          network: inHall ? '203.0.113.7' : `198.51.${donors % 250}.${1 + (donors % 200)}`,
          device: newId(),
          email: `giver${donors}@example.org`,
        },
        token(),
        donors % 50 === 0 ? 'account' : 'work',
        attack.easier,
      );
      if (giver.proved) asked += 1;
      if (giver.url === null) stopped += 1;
      else {
        // Some mistype their card before it goes through.
        if (donors % 7 === 0) await kit.press(giver.url, 'insufficient');
        await kit.press(giver.url, 'pay');
        await kit.quiet();
      }
    }
  }
  return {
    tries: attack.tries,
    reached,
    pages: pages.size,
    donors,
    donorsStopped: stopped,
    donorsAskedToProve: asked,
    alarmAfterTries: alarmTries,
    alarmAfterMs: alarmMs,
    tookMs: Date.now() - started,
  };
};

const alarms = async (kit: PaymentKit): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from outbox where template = 'card_alarm'`.execute(kit.db);
  return rows[0]?.n ?? 0;
};

/** Presses the button of the payment page; false when the page is closed and no card was tried any more. */
const tryCard = async (kit: PaymentKit, url: string): Promise<boolean> => {
  const before = await declines(kit);
  await kit.press(url, 'decline');
  await kit.quiet();
  return (await declines(kit)) > before;
};

const declines = async (kit: PaymentKit): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from payment_decline`.execute(kit.db);
  return rows[0]?.n ?? 0;
};
