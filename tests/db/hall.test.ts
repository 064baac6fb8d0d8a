import '../support/settings';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '@/lib/command';
import { clearDonation, recordDonation, verifyDonation } from '@/lib/donations/donation.commands';
import { moderateRecognition } from '@/lib/pledges/giver.commands';
import { createHallEvent, recordPledgeBatch } from '@/lib/pledges/hall.commands';
import { surplusLines } from '@/lib/pledges/desk.queries';
import { replanPledge } from '@/lib/pledges/plan.commands';
import { refundReason } from '@/app/[lang]/finance/_desk/refund-reason';
import { MORE_THAN_PROMISED } from '@/lib/donations/refund.rules';
import { LANGUAGES } from '@/lib/i18n/languages';
import { decideSurplus } from '@/lib/pledges/surplus.commands';
import { makePledge } from '@/lib/pledges/pledge.commands';
import { readNameStep } from '@/lib/payments/give-draft.form';
import { newId } from '@/lib/shared/id';
import { contractData } from '../support/contract-data';
import { allProofsHold, refused } from '../support/act';
import { CAMPAIGN, donor, giftInput, must, openKit, pledgeInput, same, type Kit } from './donations-kit';

type Verifier = {
  readonly readLeaf: (bytes: Uint8Array) => object;
  readonly Books: new () => {
    readonly add: (leaf: object, index: number) => void;
    readonly numbers: () => { readonly campaigns: Record<string, Record<string, bigint>> };
  };
};

let kit: Kit;
beforeAll(async () => {
  kit = await openKit();
  must(
    await kit.run(
      createHallEvent,
      { slug: 'concert-2023', campaign: CAMPAIGN, name: same('根魂夢'), heldOn: '2023-09-16' },
      kit.lin,
    ),
  );
});
afterAll(async () => {
  await allProofsHold(kit.reader);
  await kit.close();
});

const card = (over: Record<string, unknown> = {}) => ({
  name: '何家五口',
  phone: null,
  amountMinor: 30_000n,
  road: null,
  mayBeNamed: false,
  dueOn: '2023-10-16',
  ...over,
});
const screen = () =>
  kit.reader
    .selectFrom('disclosure.hall_event')
    .selectAll()
    .where('slug', '=', 'concert-2023')
    .executeTakeFirstOrThrow();
const names = () => kit.reader.selectFrom('disclosure.hall_name').selectAll().execute();
const planOf = (code: string) =>
  kit.db
    .selectFrom('instalment as i')
    .innerJoin('pledge as p', (join) =>
      join.onRef('p.id', '=', 'i.pledge_id').onRef('p.version', '=', 'i.pledge_version'),
    )
    .select(['i.due_on', 'i.amount_minor'])
    .where('p.code', '=', code)
    .orderBy('i.no')
    .execute();

describe('paper cards', () => {
  it('are written all together, each with its reference, or not at all', async () => {
    const batch = {
      event: 'concert-2023',
      on: '2023-09-16',
      cards: [card(), card({ amountMinor: 20_000n, mayBeNamed: true })],
    };
    for (const wrong of [
      { cardCount: 3, totalMinor: 50_000n },
      { cardCount: 2, totalMinor: 50_001n },
    ])
      await refused(kit.db, recordPledgeBatch, { ...batch, ...wrong }, kit.lin, 'control_totals_differ');
    const done = must(
      await kit.run(recordPledgeBatch, { ...batch, cardCount: 2, totalMinor: 50_000n }, kit.lin),
    );
    expect(done.pledges).toHaveLength(2);
    for (const { reference } of done.pledges) expect(reference).toMatch(/^SR/);
    expect(await screen()).toMatchObject({ promise_count: 2, pledged_minor: 50_000n, received_minor: 0n });
    // The helper read the card while typing it: the one name that may be shown is there, the other is not.
    expect((await names()).map((row) => row.shown_as?.en)).toEqual(['何家五口']);
  });
});

describe('the screen', () => {
  it('shows nothing a visitor typed before somebody has read it, and takes it away again', async () => {
    must(
      await kit.run(
        makePledge,
        pledgeInput({
          event: 'concert-2023',
          recognition: {
            shownAs: same('<script>alert(1)</script>'),
            nameKind: 'pseudonym',
            dedication: '先父',
            dedicationKind: 'memory',
            message: '路通財通',
            consent: true,
          },
        }),
        kit.visitor,
      ),
    );
    const { id } = await kit.db
      .selectFrom('recognition')
      .select('id')
      .where('moderation', '=', 'waiting')
      .executeTakeFirstOrThrow();
    expect(await names()).toHaveLength(1);
    expect(await kit.reader.selectFrom('disclosure.message').selectAll().execute()).toEqual([]);
    must(await kit.run(moderateRecognition, { recognitionId: id, moderation: 'shown' }, kit.lin));
    expect(await names()).toHaveLength(2);
    expect(await kit.reader.selectFrom('disclosure.message').selectAll().execute()).toMatchObject([
      { dedication: '先父', dedication_kind: 'memory', message: '路通財通' },
    ]);
    must(await kit.run(moderateRecognition, { recognitionId: id, moderation: 'hidden' }, kit.lin));
    expect(await names()).toHaveLength(1);
  });
});

describe('a plan', () => {
  it('changes its parts and never the promise; a stale or foreign hand is refused', async () => {
    const pledge = must(await kit.run(makePledge, pledgeInput(), kit.visitor));
    const parts = [
      { dueOn: '2023-11-01', amountMinor: 20_000n },
      { dueOn: '2024-02-10', amountMinor: 30_000n },
    ];
    const input = { pledge: pledge.code, seenVersion: 1, instalments: parts, on: '2023-09-20' };
    await refused(
      kit.db,
      replanPledge,
      { ...input, instalments: [...parts, { dueOn: '2024-05-10', amountMinor: 1n }] },
      kit.lin,
      'instalments_do_not_add_up',
    );
    await refused(kit.db, replanPledge, input, { kind: 'donor', personId: newId() }, 'not_found');
    must(await kit.run(replanPledge, input, kit.lin));
    await refused(kit.db, replanPledge, input, kit.lin, 'changed_since_seen');
    expect(await planOf(pledge.code)).toEqual(
      parts.map((part) => ({ due_on: part.dueOn, amount_minor: part.amountMinor })),
    );
  });

  it('shares are at most the gift, and are in no book', async () => {
    const sharers = [
      { name: '陳大文', amountMinor: 30_000n },
      { name: 'Chan Tai Man', amountMinor: 20_000n },
    ];
    await refused(
      kit.db,
      makePledge,
      pledgeInput({ sharers: [...sharers, { name: '何', amountMinor: 1n }] }),
      kit.visitor,
      'exceeds_donation',
    );
    const pledge = must(await kit.run(makePledge, pledgeInput({ sharers }), kit.visitor));
    expect(
      await kit.db
        .selectFrom('soft_credit')
        .select(['name', 'amount_minor'])
        .where('pledge_id', '=', pledge.pledgeId)
        .orderBy('no')
        .execute(),
    ).toEqual(sharers.map((one) => ({ name: one.name, amount_minor: one.amountMinor })));
  });
});

describe('more than was promised', () => {
  const receive = async (pledge: string, amountMinor: bigint) => {
    const gift = must(
      await kit.run(recordDonation, giftInput({ pledge, donor: null, amountMinor }), kit.lin),
    );
    must(
      await kit.run(
        verifyDonation,
        { donation: gift.code, seenHash: gift.contentHash, on: '2023-10-09' },
        kit.zhou,
      ),
    );
    must(
      await kit.run(
        clearDonation,
        {
          donation: gift.code,
          receivedOn: '2023-10-10',
          settledMinor: null,
          feeMinor: 0n,
          rate: null,
          rateOn: null,
          bankReference: newId().slice(0, 20),
        },
        kit.zhou,
      ),
    );
    return gift.code;
  };
  const statusOf = (code: string) =>
    kit.db
      .selectFrom('pledge')
      .select(['status', 'amount_minor'])
      .where('code', '=', code)
      .executeTakeFirstOrThrow();

  it('raises the promise, keeps the next one, stays a gift, or goes back', async () => {
    const on = '2023-10-11';
    const first = must(await kit.run(makePledge, pledgeInput({ designation: null }), kit.visitor));
    const other = must(await kit.run(makePledge, pledgeInput({ designation: null }), kit.visitor));
    const raised = await receive(first.code, 60_000n);
    must(
      await kit.run(decideSurplus, { donation: raised, choice: 'raise_pledge', towards: null, on }, kit.lin),
    );
    expect(await statusOf(first.code)).toEqual({ status: 'fulfilled', amount_minor: 60_000n });
    await refused(
      kit.db,
      decideSurplus,
      { donation: raised, choice: 'general_fund', towards: null, on },
      kit.lin,
      'exceeds_donation',
    );
    const third = must(await kit.run(makePledge, pledgeInput({ designation: null }), kit.visitor));
    const carried = await receive(third.code, 70_000n);
    must(
      await kit.run(
        decideSurplus,
        { donation: carried, choice: 'next_instalment', towards: other.code, on },
        kit.lin,
      ),
    );
    expect(await statusOf(other.code)).toEqual({ status: 'partly_fulfilled', amount_minor: 50_000n });
    for (const choice of ['general_fund', 'refund'] as const) {
      const pledge = must(await kit.run(makePledge, pledgeInput({ designation: null }), kit.visitor));
      const gift = await receive(pledge.code, 55_000n);
      expect(await surplusLines(kit.reader)).toMatchObject([
        { gift, pledge: pledge.code, surplusMinor: 5_000n, wish: null },
      ]);
      const decided = must(
        await kit.run(decideSurplus, { donation: gift, choice, towards: null, on }, kit.lin),
      );
      expect(decided.surplusMinor).toBe(5_000n);
      // Dealt with: it stays a gift, or a refund waits for another person.
      expect(await surplusLines(kit.reader)).toEqual([]);
    }
    // The reason is a name, which every reader of the desk reads in their own language.
    expect(await kit.db.selectFrom('refund').select(['status', 'amount_minor', 'reason']).execute()).toEqual([
      { status: 'proposed', amount_minor: 5_000n, reason: MORE_THAN_PROMISED },
    ]);
    expect(new Set(LANGUAGES.map((lang) => refundReason(MORE_THAN_PROMISED, lang))).size).toBe(3);
    // Whoever adds up the leaves, a raised promise among them, comes to the number that is shown.
    const { Books, readLeaf } = (await import(
      new URL('../../public/verify.mjs', import.meta.url).href
    )) as Verifier;
    const books = new Books();
    const leaves = await kit.db.selectFrom('log_draft').select('body').orderBy('id').execute();
    for (const [index, { body }] of leaves.entries()) books.add(readLeaf(body), index);
    const shown = await kit.reader
      .selectFrom('disclosure.campaign_numbers')
      .select('pledged_minor')
      .where('campaign', '=', CAMPAIGN)
      .executeTakeFirstOrThrow();
    expect(books.numbers().campaigns[`${CAMPAIGN} CNY`]?.['pledged']).toBe(shown.pledged_minor);
    const told = await kit.db
      .selectFrom('audit_event')
      .select('event')
      .where('event', 'in', ['surplus_decided', 'pledge_raised'])
      .execute();
    expect(told).toHaveLength(5);
  });
});

it('every naughty string in every text of a promise is stored exactly or refused at its field', async () => {
  const naughty = [
    ...(JSON.parse(readFileSync(contractData('text', 'blns', 'blns.json'), 'utf8')) as string[]),
    ...readFileSync(contractData('text', 'xss', 'xss-payloads-first300.txt'), 'utf8').split('\n'),
  ];
  const gift = { amountMinor: 50_000n, currency: 'CNY' } as const;
  const texts = ['shownAs', 'receiptName', 'contact', 'dedication', 'message', 'sharer1'] as const;
  let stored = 0;
  for (const [index, typed] of naughty.entries()) {
    const form = {
      show: 'alias',
      ...Object.fromEntries(texts.map((field) => [field, typed])),
      share1: '1',
      email: typed,
    };
    const read = readNameStep(form, gift);
    const wrong = read.ok ? [] : read.mistakes.map((mistake) => mistake.field);
    expect(
      wrong.every((field) => field in form),
      typed,
    ).toBe(true);
    // only what the readers accept goes on; of every third string one field does, in turn.
    const field = texts[index % texts.length] ?? 'shownAs';
    if (index % 3 !== 0 || wrong.includes(field) || typed.trim() === '') continue;
    const kept = readNameStep(
      { show: 'alias', shownAs: 'x', [field]: typed, ...(field === 'sharer1' && { share1: '1' }) },
      gift,
    );
    if (!kept.ok) throw new Error(`${field} was accepted and then refused: ${typed}`);
    const name = kept.value;
    const pledge = must(
      await kit.run(
        makePledge,
        pledgeInput({
          donor: { ...donor(name.receiptName ?? 'x'), contact: name.contact },
          sharers: name.sharers,
          recognition: {
            shownAs: same(name.shownAs ?? 'x'),
            nameKind: name.nameKind,
            dedication: name.dedication,
            dedicationKind: null,
            message: name.message,
            consent: true,
          },
        }),
        kit.visitor,
      ),
    );
    const row = await kit.db
      .selectFrom('pledge as p')
      .innerJoin('recognition as r', 'r.id', 'p.recognition_id')
      .innerJoin('donor as d', 'd.id', 'p.donor_id')
      .leftJoin('soft_credit as s', 's.pledge_id', 'p.id')
      .select(['r.shown_as', 'r.dedication', 'r.message', 'd.name', 'd.contact', 's.name as sharer'])
      .where('p.code', '=', pledge.code)
      .executeTakeFirstOrThrow();
    const value = {
      shownAs: row.shown_as?.en,
      receiptName: row.name,
      contact: row.contact,
      dedication: row.dedication,
      message: row.message,
      sharer1: row.sharer,
    }[field];
    expect(value).toBe(typed.normalize('NFC').replaceAll('\r\n', '\n').trim());
    stored += 1;
  }
  expect(stored).toBeGreaterThan(150);
});

it('an evening that is not there is refused at its field', async () => {
  const made = await runCommand(makePledge, pledgeInput({ event: 'nowhere' }), kit.visitor, {
    key: newId(),
    db: kit.db,
  });
  expect(made).toMatchObject({ ok: false, refusal: { name: 'not_found', field: 'event' } });
});
