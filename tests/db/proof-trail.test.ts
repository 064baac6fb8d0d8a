import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const { dataDir } = vi.hoisted(() => {
  const folder = `${process.env['TMPDIR'] ?? '/tmp'}/shanlu-trail-${process.pid}`;
  process.env['DATA_DIR'] = folder;
  process.env['PUBLIC_URL'] = 'http://shanlu.test';
  process.env['AUTH_SECRET'] ??= 'secret-of-the-test-sessions-0123456789abcdef';
  return { dataDir: folder };
});

import { auditTrail, trailChoices } from '@/lib/audit/audit.queries';
import { clearDonation, recordDonation, verifyDonation } from '@/lib/donations/donation.commands';
import { newSequencer } from '@/lib/proof/sequencer';
import { giftInput, must, openKit, type Kit } from './donations-kit';

let kit: Kit;
let gift: string;
beforeAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  kit = await openKit();
  const recorded = must(await kit.run(recordDonation, giftInput(), kit.lin));
  gift = recorded.code;
  const seen = await kit.db
    .selectFrom('donation')
    .select('content_hash')
    .where('code', '=', gift)
    .executeTakeFirstOrThrow();
  must(
    await kit.run(
      verifyDonation,
      { donation: gift, seenHash: seen.content_hash, on: '2023-10-09' },
      kit.zhou,
    ),
  );
  must(
    await kit.run(
      clearDonation,
      {
        donation: gift,
        receivedOn: '2023-10-09',
        settledMinor: 50_000n,
        feeMinor: 0n,
        rate: null,
        rateOn: null,
        bankReference: null,
      },
      kit.lin,
    ),
  );
  await newSequencer({ db: kit.db, witness: null })();
}, 120_000);
afterAll(async () => {
  await kit.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the audit trail', () => {
  it('tells who did what to a gift, newest first, each act with the hash of what was acted on', async () => {
    const rows = await auditTrail({ thing: gift }, 50, kit.reader);
    expect(rows.map((row) => [row.event, row.who])).toEqual([
      ['donation_cleared', 'Lin'],
      ['donation_verified', 'Zhou'],
      ['donation_recorded', 'Lin'],
    ]);
    for (const row of rows) expect(row.inputHash).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(rows.map((row) => row.inputHash)).size).toBe(3);
  });

  it('shows before and after, and which content the second person approved', async () => {
    const [cleared, verified, recorded] = await auditTrail({ thing: gift }, 50, kit.reader);
    const change = [recorded, verified, cleared].map((row) => [row?.from, row?.to]);
    expect(change).toEqual([
      [null, null],
      ['recorded', 'verified'],
      ['verified', 'cleared'],
    ]);
    const { content_hash: hash } = await kit.db
      .selectFrom('donation')
      .select('content_hash')
      .where('code', '=', gift)
      .executeTakeFirstOrThrow();
    expect(verified?.approvedHash).toBe(hash);
    expect([recorded?.approvedHash, cleared?.approvedHash]).toEqual([null, null]);
  });

  it('leads from the act that booked it to its leaf, and from an inner act to none', async () => {
    const [cleared, verified] = await auditTrail({ thing: gift }, 50, kit.reader);
    const leaf = await kit.db
      .selectFrom('log_leaf')
      .selectAll()
      .where('leaf_index', '=', cleared?.leaf ?? -1n)
      .executeTakeFirst();
    expect(leaf).toMatchObject({ kind: 'entry', event: 'gift_received', subject: gift });
    expect(verified?.leaf).toBeNull();
    const [opened] = await auditTrail({ event: 'campaign_opened' }, 1, kit.reader);
    expect(opened?.leaf).toBe(0n);
  });

  it('narrows by person, act, day and the beginning of a number, and pages by row', async () => {
    const lin = await auditTrail({ personId: kit.lin.personId }, 50, kit.reader);
    expect(lin.length).toBeGreaterThan(2);
    expect(new Set(lin.map((row) => row.who))).toEqual(new Set(['Lin']));
    const gifts = await auditTrail({ kind: 'donation' }, 50, kit.reader);
    expect(gifts.length).toBeGreaterThanOrEqual(3);
    expect(new Set(gifts.map((row) => row.thingKind))).toEqual(new Set(['donation']));
    expect(await auditTrail({ thing: 'ML-0' }, 50, kit.reader)).toHaveLength(1);
    expect(await auditTrail({ to: '2000-01-01' }, 50, kit.reader)).toEqual([]);
    const today = new Date().toISOString().slice(0, 10);
    const all = await auditTrail({ from: today, to: today }, 50, kit.reader);
    expect(all.length).toBeGreaterThan(5);
    const rest = await auditTrail({ before: all[1]?.id }, 50, kit.reader);
    expect(rest.map((row) => row.id)).toEqual(all.slice(2).map((row) => row.id));
  });

  it('offers the people who have acted and the acts there are', async () => {
    const choices = await trailChoices(kit.reader);
    expect(choices.people.map(({ name }) => name)).toEqual(['Lin', 'Zhou']);
    expect(choices.events).toContain('donation_cleared');
    expect(choices.kinds).toContain('donation');
  });
});

describe('copies of the head outside our reach', () => {
  it('are mailed to every auditor once a day, whole enough to be checked later', async () => {
    const { logHeadMailTask } = await import('@/lib/jobs/log-head.tasks');
    const { leaseMail } = await import('@/lib/mail/outbox.store');
    const { newestHead } = await import('@/lib/proof/log.queries');
    const { person } = await import('./donations-kit');
    const run = () => logHeadMailTask.run({ db: kit.db, payload: {}, signal: new AbortController().signal });
    const waiting = () =>
      kit.db.selectFrom('outbox').select(['id', 'template']).where('template', '=', 'log_head').execute();

    await run(); // nobody to send it to yet: no mail, and no day used up
    expect(await waiting()).toEqual([]);
    const wen = await person(kit.db, 'Wen', ['auditor']);
    await kit.db.insertInto('person_role').values({ person_id: wen.personId, role: 'auditor' }).execute();
    await run();
    await run();
    const mails = await waiting();
    expect(mails).toHaveLength(1);
    const mail = await leaseMail(kit.db, mails[0]?.id ?? '');
    const head = await newestHead(kit.reader);
    expect(mail?.content).toMatchObject({ template: 'log_head', data: { checkpoint: head?.note } });
  });

  it('stand on the receipt: leaf, head and the proof file for the PDF', async () => {
    const { proofOnPaper } = await import('@/lib/proof/receipt-proof.queries');
    const { parseTlogProof } = await import('@/lib/proof/tlog-proof');
    const proof = await proofOnPaper(gift, kit.reader);
    expect(parseTlogProof(proof?.file ?? '')?.index).toBe(proof?.index);
    expect(proof?.checkpoint).toContain(proof?.rootHash);
    expect(await proofOnPaper('G-9999', kit.reader)).toBeNull();
  });
});
