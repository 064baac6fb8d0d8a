import '../support/settings';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRow } from '@/lib/donations/batch.rules';
import { enterBatch } from '@/lib/donations/batch.commands';
import { clearDonation, recordDonation, verifyDonation } from '@/lib/donations/donation.commands';
import { giveConsent, withdrawConsent } from '@/lib/donors/consent.commands';
import { askRefund, declineRequest } from '@/lib/donors/request.commands';
import { createHallEvent, recordPledgeBatch } from '@/lib/pledges/hall.commands';
import { cancelPledge, makePledge } from '@/lib/pledges/pledge.commands';
import { issueReceipt, reissueReceipt } from '@/lib/receipts/receipt.commands';
import { accountingToday } from '@/lib/clock';
import { newId } from '@/lib/shared/id';
import type { Result } from '@/lib/shared/result';
import { contractData } from '../support/contract-data';
import { allProofsHold } from '../support/act';
import { CAMPAIGN, donor, giftInput, must, openKit, pledgeInput, same, type Kit } from './donations-kit';
import { cases } from '../support/bad-input';

// What is typed at the desk and under "my giving" is stored exactly or refused at its field, string by string. The words
// of a promise have a test of their own (hall.test.ts); that no form answers with an error: tests/e2e/naughty.spec.ts.

const STRINGS = cases('texts', [
  ...(JSON.parse(readFileSync(contractData('text', 'blns', 'blns.json'), 'utf8')) as string[]),
  ...readFileSync(contractData('text', 'xss', 'xss-payloads-first300.txt'), 'utf8').split('\n'),
  'nothing\u0000after',
  'half\ud800pair',
  '路'.repeat(20_000),
]);
const TODAY = accountingToday();

let kit: Kit;
beforeAll(async () => {
  kit = await openKit();
});
afterAll(async () => {
  await allProofsHold(kit.reader);
  await kit.close();
});

/** As texts are kept: composed characters, line ends as LF, nothing invisible around them. */
const kept = (typed: string): string => typed.normalize('NFC').replaceAll('\r\n', '\n').trim();
const refusedAt = (answer: Result<unknown>, field: string, typed: string): void => {
  expect(answer, typed).toMatchObject({ ok: false, refusal: { name: 'invalid_input', field } });
};

const receive = async (email: string): Promise<string> => {
  const gift = must(
    await kit.run(recordDonation, giftInput({ givenOn: TODAY, donor: { ...donor('Ada'), email } }), kit.lin),
  );
  must(
    await kit.run(verifyDonation, { donation: gift.code, seenHash: gift.contentHash, on: TODAY }, kit.zhou),
  );
  const settled = { receivedOn: TODAY, settledMinor: null, feeMinor: 0n, rate: null, rateOn: null };
  must(await kit.run(clearDonation, { donation: gift.code, ...settled, bankReference: 'b' }, kit.lin));
  return gift.code;
};

it('as names, references and notes of gifts entered by hand, and as names on paper cards', async () => {
  const otherwise = { channel: 'bank', givenOn: TODAY, currency: 'CNY' } as const;
  const row = { amount: '1', channel: '', givenOn: '', designation: '', pledge: '' };
  const names: string[] = [];
  const gifts = [];
  const cardNames: string[] = [];
  for (const typed of STRINGS) {
    const read = readRow({ ...row, name: typed, reference: '' }, otherwise);
    if (!read.ok) expect(read.refusal.field, typed).toBe('name');
    else if (read.value.donorName !== null && !typed.includes('\0')) {
      names.push(read.value.donorName);
      expect(read.value.donorName).toBe(kept(typed));
      // In turn one goes to a gift and one to a card.
      if (names.length % 2 === 0) cardNames.push(read.value.donorName);
      else gifts.push({ ...read.value, reference: typed.trim() === '' || typed.length > 140 ? null : typed });
    }
  }
  expect(names.length).toBeGreaterThan(250);
  const bundle = { campaign: CAMPAIGN, kind: 'mixed', note: null, cashCount: null, on: TODAY };
  for (let from = 0; from < gifts.length; from += 100) {
    const part = gifts.slice(from, from + 100);
    const sums = { count: part.length, totalMinor: BigInt(part.length) * 100n };
    const note = STRINGS[from]?.slice(0, 400) ?? '';
    const { batch: code } = must(
      await kit.run(enterBatch, { ...bundle, note, ...sums, gifts: part }, kit.lin),
    );
    const rows = await kit.db
      .selectFrom('gift_batch as b')
      .innerJoin('gift_batch_line as l', 'l.batch_id', 'b.id')
      .innerJoin('donation as d', 'd.id', 'l.donation_id')
      .innerJoin('donor as g', 'g.id', 'd.donor_id')
      .select(['b.note', 'g.name', 'd.bank_reference'])
      .where('b.code', '=', code)
      .orderBy('l.line_no')
      .execute();
    expect(rows.map((one) => one.name)).toEqual(part.map((gift) => gift.donorName));
    expect(rows.map((one) => one.bank_reference)).toEqual(part.map((gift) => gift.reference?.trim() ?? null));
    expect(rows[0]?.note).toBe(note.trim());
  }

  must(
    await kit.run(
      createHallEvent,
      { slug: 'evening', campaign: CAMPAIGN, name: same('夜'), heldOn: TODAY },
      kit.lin,
    ),
  );
  for (let from = 0; from < cardNames.length; from += 50) {
    const cards = cardNames
      .slice(from, from + 50)
      .map((name) => ({ name, phone: null, amountMinor: 100n, road: null, mayBeNamed: false, dueOn: TODAY }));
    const sums = { cardCount: cards.length, totalMinor: BigInt(cards.length) * 100n };
    const done = must(
      await kit.run(recordPledgeBatch, { event: 'evening', on: TODAY, ...sums, cards }, kit.lin),
    );
    const rows = await kit.db
      .selectFrom('pledge as p')
      .innerJoin('donor as d', 'd.id', 'p.donor_id')
      .select('d.name')
      .where(
        'p.reference',
        'in',
        done.pledges.map((pledge) => pledge.reference),
      )
      .orderBy('p.code')
      .execute();
    expect(rows.map((one) => one.name).sort()).toEqual(cards.map((card) => card.name).sort());
  }
});

it('as what a giver writes about a gift, and as what the desk answers, ends and corrects', async () => {
  const personId = newId();
  await kit.db.insertInto('person').values({ id: personId, email: 'ada@x.test', name: '—' }).execute();
  const ada = { kind: 'donor', personId } as const;
  const gift = await receive('ada@x.test');
  await kit.db.updateTable('donor').set({ person_id: personId }).where('email', '=', 'ada@x.test').execute();
  const paper = must(await kit.run(issueReceipt, { donation: gift, on: TODAY }, kit.lin));
  let serial = paper.serial ?? 0n;
  const pledge = await kit.run(makePledge, pledgeInput(), kit.visitor);
  let promise = must(pledge).code;

  const fields: Readonly<Record<string, (typed: string) => Promise<string | null | undefined>>> = {
    consent: async (typed) => {
      const given = await kit.run(giveConsent, { donation: gift, name: typed }, ada);
      if (!given.ok) {
        refusedAt(given, 'name', typed);
        return null;
      }
      const row = await kit.db
        .selectFrom('recognition as r')
        .innerJoin('donation as d', 'd.recognition_id', 'r.id')
        .select('r.shown_as')
        .where('d.code', '=', gift)
        .executeTakeFirstOrThrow();
      must(await kit.run(withdrawConsent, { donation: gift }, ada));
      return row.shown_as?.en;
    },
    request: async (typed) => {
      const asked = await kit.run(askRefund, { donation: gift, amountMinor: 100n, reason: typed }, ada);
      if (!asked.ok) {
        refusedAt(asked, 'reason', typed);
        return null;
      }
      const { request } = asked.value;
      must(await kit.run(declineRequest, { request, on: TODAY, reason: typed }, kit.lin));
      const row = await kit.db
        .selectFrom('donor_request')
        .select(['reason', 'answer'])
        .where('code', '=', request)
        .executeTakeFirstOrThrow();
      expect(row.answer).toBe(row.reason);
      return row.reason;
    },
    receipt: async (typed) => {
      const input = { campaign: CAMPAIGN, serial, on: TODAY };
      const next = await kit.run(reissueReceipt, { ...input, reason: 'x', issuedTo: typed }, kit.lin);
      if (!next.ok) {
        refusedAt(next, 'issuedTo', typed);
        return null;
      }
      serial = next.value.serial;
      const row = await kit.db
        .selectFrom('receipt')
        .select('issued_to')
        .where('serial', '=', serial)
        .executeTakeFirstOrThrow();
      return row.issued_to;
    },
    ending: async (typed) => {
      const ended = await kit.run(cancelPledge, { pledge: promise, on: TODAY, reason: typed }, kit.lin);
      if (!ended.ok) {
        refusedAt(ended, 'reason', typed);
        return null;
      }
      const row = await kit.db
        .selectFrom('pledge_status_change as c')
        .innerJoin('pledge as p', 'p.id', 'c.pledge_id')
        .select('c.reason')
        .where('p.code', '=', promise)
        .where('c.reason', 'is not', null)
        .executeTakeFirstOrThrow();
      promise = must(await kit.run(makePledge, pledgeInput(), kit.visitor)).code;
      return row.reason;
    },
  };
  const names = Object.keys(fields);
  let stored = 0;
  // Every third string, each at one of the fields in turn; those nobody can keep at all of them.
  for (const [n, typed] of STRINGS.entries()) {
    const unkeepable = typed.includes('\0') || !typed.isWellFormed() || typed.length > 4_000;
    if (!unkeepable && n % 3 !== 0) continue;
    for (const name of unkeepable ? names : [names[(n / 3) % names.length] ?? 'consent']) {
      const value = await fields[name]?.(typed);
      if (value === null || value === undefined) continue;
      expect(value.normalize('NFC'), `${name}: ${typed}`).toBe(kept(typed));
      stored += 1;
    }
  }
  expect(stored).toBeGreaterThan(150);
});
