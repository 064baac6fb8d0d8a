import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { cancelPledge, makePledge, releasePledge, writeOffPledge } from '@/lib/pledges/pledge.commands';
import { opens } from '@/lib/proof/commitment';
import { readReference } from '@/lib/shared/reference.rules';
import { allProofsHold } from '../support/act';
import { must, openKit, pledgeInput, refusalOf, same, type Kit } from './donations-kit';

let kit: Kit;
beforeAll(async () => {
  kit = await openKit();
});
afterAll(async () => {
  await allProofsHold(kit.reader);
  await kit.close();
});

const leaves = async (): Promise<Record<string, unknown>[]> =>
  (await kit.db.selectFrom('log_draft').select('body').orderBy('id').execute()).map(
    (row) => JSON.parse(row.body.toString('utf8')) as Record<string, unknown>,
  );
const leafOf = async (event: string, subject: string) =>
  (await leaves()).filter((leaf) => leaf['event'] === event && leaf['subject'] === subject);

describe('a promise', () => {
  it('is made by a visitor, gets a number and a reference, and appears in the log without its maker', async () => {
    const made = must(
      await kit.run(
        makePledge,
        pledgeInput({
          donor: {
            name: '林陳秀英',
            email: 'Lam@Example.com',
            phone: '+1 604 555 0100',
            country: 'CA',
            lang: 'zh-Hant',
          },
          recognition: {
            shownAs: same('林太太（溫哥華）'),
            dedication: '紀念家父',
            message: null,
            consent: true,
          },
        }),
        kit.visitor,
      ),
    );
    expect(made.code).toMatch(/^P-\d{4}$/);
    expect(readReference(made.reference).ok).toBe(true);
    const row = await kit.db
      .selectFrom('pledge')
      .innerJoin('donor', 'donor.id', 'pledge.donor_id')
      .innerJoin('recognition', 'recognition.id', 'pledge.recognition_id')
      .select([
        'pledge.status',
        'pledge.amount_minor',
        'donor.email',
        'donor.name',
        'recognition.moderation',
        'recognition.salt',
      ])
      .select('recognition.shown_as')
      .where('pledge.id', '=', made.pledgeId)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      status: 'open',
      amount_minor: 50_000n,
      email: 'lam@example.com',
      name: '林陳秀英',
      moderation: 'waiting',
    });
    const [leaf] = await leafOf('pledge_made', made.code);
    expect(leaf).toMatchObject({
      date: '2023-09-16',
      campaign: 'gen-hun-meng',
      facts: { amount: '50000', currency: 'CNY' },
    });
    const commitment = (leaf?.['commitments'] as { name: string }).name;
    expect(commitment).toMatch(/^[0-9a-f]{64}$/u);
    // Without the commitment: three figures in a row are in one of seventy hashes by chance.
    expect(JSON.stringify({ ...leaf, commitments: undefined })).not.toMatch(/林|lam|604/iu);
    expect(
      opens(
        commitment,
        row.salt,
        'recognition',
        'name',
        '{"en":"林太太（溫哥華）","zh-Hans":"林太太（溫哥華）","zh-Hant":"林太太（溫哥華）"}',
      ),
    ).toBe(true);
    const [event] = await kit.db
      .selectFrom('audit_event')
      .selectAll()
      .where('subject_id', '=', made.code)
      .execute();
    expect(event).toMatchObject({ event: 'pledge_made', actor_kind: 'visitor' });
  });

  it('typed from a paper card by staff has been read by them', async () => {
    const made = must(
      await kit.run(
        makePledge,
        pledgeInput({
          source: 'paper',
          recognition: { shownAs: same('何家五口'), dedication: null, message: null, consent: true },
        }),
        kit.lin,
      ),
    );
    const row = await kit.db
      .selectFrom('pledge')
      .innerJoin('recognition', 'recognition.id', 'pledge.recognition_id')
      .select(['moderation', 'moderated_by'])
      .where('pledge.id', '=', made.pledgeId)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ moderation: 'shown', moderated_by: kit.lin.personId });
  });

  it('made twice under one key is one promise', async () => {
    const before = await count();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => kit.run(makePledge, pledgeInput(), kit.visitor, 'form:double-click')),
    );
    expect(new Set(answers.map((answer) => must(answer).code)).size).toBe(1);
    expect(await count()).toBe(before + 1n);
  });

  it('is refused with its reason, and then nothing is written', async () => {
    const before = await count();
    const tries: [Record<string, unknown>, string, string | undefined][] = [
      [{ campaign: 'no-such' }, 'not_found', 'campaign'],
      [{ currency: 'HKD' }, 'currency_differs', 'currency'],
      [{ designation: 'ML-99' }, 'segment_not_open', 'designation'],
      [{ pledgedOn: '2023-08-31' }, 'campaign_not_open', undefined],
      [{ pledgedOn: '2034-01-01' }, 'date_in_future', undefined],
      [
        { instalments: [{ dueOn: '2023-10-16', amountMinor: 49_999n }] },
        'instalments_do_not_add_up',
        'instalments',
      ],
      [{ instalments: [{ dueOn: '2023-09-15', amountMinor: 50_000n }] }, 'invalid_input', 'instalments'],
      [{ instalments: [] }, 'invalid_input', 'instalments'],
      [{ amountMinor: 0n }, 'invalid_input', 'amountMinor'],
      [
        { recognition: { shownAs: same('林太太'), dedication: null, message: null, consent: false } },
        'invalid_input',
        'recognition.consent',
      ],
      [
        { donor: { name: 'A\u202eB', email: null, phone: null, country: null, lang: 'en' } },
        'invalid_input',
        'donor.name',
      ],
    ];
    for (const [over, name, field] of tries) {
      const refusal = refusalOf(await kit.run(makePledge, pledgeInput(over), kit.visitor));
      expect([refusal.name, refusal.field]).toEqual([name, field]);
    }
    expect(await count()).toBe(before);
  });

  it('ends in three ways, each with the part that fell away, and only once', async () => {
    const ways = [
      [cancelPledge, kit.lin, 'cancelled', 'pledge_cancelled', {}],
      [writeOffPledge, kit.zhou, 'written_off', 'pledge_written_off', {}],
      [
        releasePledge,
        kit.zhou,
        'released_hardship',
        'pledge_released',
        { filingReference: '民〔2024〕7', publicText: same('因病免除') },
      ],
    ] as const;
    for (const [command, actor, status, event, more] of ways) {
      const { code, pledgeId } = must(await kit.run(makePledge, pledgeInput(), kit.lin));
      const input = { pledge: code, on: '2024-03-01', reason: '家中有事', ...more };
      const run = () => kit.run(command as typeof cancelPledge, input, actor);
      const answers = await Promise.all([run(), run(), run()]);
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
      expect(answers.filter((answer) => !answer.ok).map((answer) => refusalOf(answer).name)).toEqual([
        'illegal_state_change',
        'illegal_state_change',
      ]);
      const row = await kit.db
        .selectFrom('pledge')
        .select('status')
        .where('id', '=', pledgeId)
        .executeTakeFirstOrThrow();
      expect(row.status).toBe(status);
      const [leaf, ...more2] = await leafOf(event, code);
      expect(more2).toEqual([]);
      expect(leaf?.['facts']).toEqual({ amount: '50000', currency: 'CNY' });
      expect(JSON.stringify(leaf)).not.toContain('家中有事');
    }
    const release = await kit.db.selectFrom('pledge_release').selectAll().executeTakeFirstOrThrow();
    expect(release.filing_reference).toBe('民〔2024〕7');
  });

  it('may be ended only by those whose act it is', async () => {
    const { code } = must(await kit.run(makePledge, pledgeInput(), kit.visitor));
    const input = { pledge: code, on: '2024-03-01', reason: 'x' };
    expect(refusalOf(await kit.run(writeOffPledge, input, kit.lin)).name).toBe('not_permitted');
    expect(refusalOf(await kit.run(cancelPledge, input, kit.visitor)).name).toBe('not_signed_in');
  });
});

const count = async (): Promise<bigint> =>
  (await sql<{ n: bigint }>`select count(*) as n from pledge`.execute(kit.db)).rows[0]?.n ?? -1n;
