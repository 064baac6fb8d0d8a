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
  /** Addresses that stand in one /24: a hundred as in the loopback network, or one, as if machines all over were hired. */
  readonly perSubnet: number;
  readonly donors: number;
  /**
   * `in turn`: a page is used as soon as it is open. `all first`: as many pages as the defence gives are opened side by
   * side during the first half of the tries, and then used all at once.
   */
  readonly opening: 'in turn' | 'all first';
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
  readonly donorsOnASecondPage: number;
  readonly donorsAskedToWork: number;
  readonly donorsAskedForMailbox: number;
  readonly alarmAfterTries: number | null;
  /** From the first refused card. */
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

export type Person = {
  readonly network: string;
  readonly device: string;
  readonly email: string | null;
  /** A script that works when asked, and a mailbox that can be proved when asked. */
  readonly works: boolean;
  readonly mailbox: boolean;
};

export type Attempt = {
  readonly url: string | null;
  readonly checkoutId: string | null;
  readonly worked: boolean;
  readonly proved: boolean;
  readonly end: 'pass' | 'prove' | 'vouch' | 'again' | 'refuse';
};

/** One way to the payment page; its address is null when the defence said no. */
export const attempt = async (
  kit: PaymentKit,
  who: Person,
  form: string,
  easier: number,
): Promise<Attempt> => {
  const asking = { ...who, token: form, proof: '', account: null, card: true, page: null };
  let admission = await admitTry(asking, { db: kit.db, easier });
  let [worked, proved] = [false, false];
  if (admission.do === 'prove' && who.works) {
    worked = true;
    const proof = solve(admission.challenge, admission.bits);
    admission = await admitTry({ ...asking, proof }, { db: kit.db, easier });
  }
  if ((admission.do === 'prove' || admission.do === 'vouch') && who.mailbox) {
    proved = true;
    admission = await admitTry({ ...asking, account: who.email }, { db: kit.db, easier });
  }
  if (admission.do !== 'pass') return { url: null, checkoutId: null, worked, proved, end: admission.do };
  const started = await kit.run(
    startDonation,
    onlineGift({ amountMinor: 1_000n }),
    kit.visitor,
    `give:${admission.key}`,
  );
  if (!started.ok) return { url: null, checkoutId: null, worked, proved, end: 'refuse' };
  await admission.opened(started.value.checkoutId);
  const page = await openPaymentPage(started.value.checkoutId, 'en', kit.around);
  const { checkoutId } = started.value;
  return { url: page.ok ? page.value.url : null, checkoutId, worked, proved, end: 'pass' };
};

/**
 * Runs the attack. Of every ten tries of the attackers four replay one form, four open a form of their own and wait,
 * one also does the work it is asked for and one signs in, with forty mailboxes they have. On every third page they go
 * on until it is closed. Givers sit in a hall behind one address or at home; a few mistype their card before it goes
 * through, one in fifty has no script, and whoever is asked for it proves a mailbox.
 */
export const runAttack = async (kit: PaymentKit, attack: Attack): Promise<Outcome> => {
  const started = Date.now();
  const replayed = token();
  const pages = new Set<string>();
  const held: string[] = [];
  const everyDonor = Math.max(1, Math.floor(attack.tries / attack.donors));
  let donors = 0;
  let [stopped, again, worked, mailboxes, reached] = [0, 0, 0, 0, 0];
  let refusedAt: number | null = null;
  let alarmTries: number | null = null;
  let alarmMs: number | null = null;

  const tester = async (n: number): Promise<string | null> => {
    const kind = n % 10;
    const { url } = await attempt(
      kit,
      {
        network: addressOf(n % attack.addresses, attack.perSubnet),
        device: newId(),
        email: kind === 8 ? `tester${n % 40}@example.com` : null,
        works: kind === 9,
        mailbox: kind === 8,
      },
      kind < 4 ? replayed : token(),
      attack.easier,
    );
    if (url === null || pages.has(url)) return null;
    pages.add(url);
    return url;
  };
  const giver = async (): Promise<void> => {
    donors += 1;
    const who: Person = {
      network: donors % 2 === 0 ? '203.0.113.7' : `198.51.${donors % 250}.${1 + (donors % 200)}`,
      device: newId(),
      email: `giver${donors}@example.org`,
      works: donors % 50 !== 0,
      mailbox: true,
    };
    const given = await attempt(kit, who, token(), attack.easier);
    if (given.worked) worked += 1;
    if (given.proved) mailboxes += 1;
    if (given.url !== null && donors % 7 === 0) {
      await kit.press(given.url, 'insufficient');
      await kit.quiet();
    }
    if (await pay(given)) return;
    // Their page was closed over a mistyped card: nothing was taken, and they go on to another one.
    if (await pay(await attempt(kit, who, token(), attack.easier))) again += 1;
    else stopped += 1;
  };
  const pay = async ({ url, checkoutId }: Attempt): Promise<boolean> => {
    if (url === null) return false;
    await kit.press(url, 'pay').catch(() => undefined);
    await kit.quiet();
    const paid = await kit.db
      .selectFrom('checkout')
      .select('id')
      .where('id', '=', checkoutId)
      .where('state', '=', 'complete')
      .executeTakeFirst();
    return paid !== undefined;
  };
  const use = async (url: string, cards: number): Promise<void> => {
    for (let left = cards; left > 0; left -= 1) {
      if (!(await tryCard(kit, url))) break;
      reached += 1;
      refusedAt ??= Date.now();
    }
  };

  const first = attack.opening === 'all first' ? Math.floor(attack.tries / 2) : 0;
  let n = 0;
  for (; n < first; n += SIDE_BY_SIDE) {
    const opened = await Promise.all(Array.from({ length: SIDE_BY_SIDE }, (_, beside) => tester(n + beside)));
    held.push(...opened.filter((url) => url !== null));
    while (donors * everyDonor < n && donors < attack.donors) await giver();
  }
  const before = await declines(kit);
  await Promise.all(held.map((url) => kit.press(url, 'decline')));
  await kit.quiet();
  if (held.length > 0) {
    reached += (await declines(kit)) - before;
    refusedAt = Date.now();
    // What is still open is used to its end.
    for (const url of held) await use(url, 5);
  }
  for (; n < attack.tries; n += 1) {
    const url = await tester(n);
    if (url !== null) await use(url, pages.size % 3 === 0 ? 5 : 1);
    if (alarmTries === null && n % 5 === 0 && (await alarms(kit)) > 0) {
      alarmTries = n + 1;
      alarmMs = Date.now() - (refusedAt ?? started);
    }
    if (donors * everyDonor <= n && donors < attack.donors) await giver();
  }
  return {
    tries: attack.tries,
    reached,
    pages: pages.size,
    donors,
    donorsStopped: stopped,
    donorsOnASecondPage: again,
    donorsAskedToWork: worked,
    donorsAskedForMailbox: mailboxes,
    alarmAfterTries: alarmTries,
    alarmAfterMs: alarmMs,
    tookMs: Date.now() - started,
  };
};

const SIDE_BY_SIDE = 20;

const addressOf = (source: number, perSubnet: number): string => {
  const subnet = Math.floor(source / perSubnet);
  return `127.${Math.floor(subnet / 200)}.${1 + (subnet % 200)}.${1 + (source % perSubnet)}`;
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
