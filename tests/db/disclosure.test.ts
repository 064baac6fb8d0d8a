import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql, type Kysely } from 'kysely';
import { connect } from '@/db/connect';
import type { Database } from '@/db/tables';
import { campaignPage } from '@/lib/disclosure/campaign.queries';
import type { Actor } from '@/lib/auth/roles.rules';
import { runCommand } from '@/lib/command';
import type { AnyCommand } from '@/lib/context';
import {
  draftReport,
  embargoReport,
  publishReport,
  returnReport,
  submitReport,
  withdrawReport,
} from '@/lib/publications/publication.commands';
import { entryChain, entryLeafNumber } from '@/lib/disclosure/entry-chain.queries';
import { giftPage } from '@/lib/disclosure/gift.queries';
import { entryPage, ledgerPage } from '@/lib/disclosure/ledger.queries';
import {
  moneyMonths,
  namedGifts,
  publicDuties,
  publicPlans,
  publicReport,
  publicReports,
  withheldReports,
} from '@/lib/disclosure/reports.queries';
import type { ReportFigures } from '@/lib/disclosure/report.rules';
import { bookPage, kindSums, giftsNamed, type BookFilter } from '@/lib/disclosure/ledger-book.queries';
import { segmentPage } from '@/lib/disclosure/segment.queries';
import type { World } from '../support/people';
import { storyWorld } from '../support/story-world';

let world: World;
let publicDb: Kysely<Database>;

beforeAll(async () => {
  world = await storyWorld();
  publicDb = connect(world.database.publicUrl, { max: 4 });
}, 240_000);
afterAll(async () => {
  await publicDb.destroy();
  await world.close();
});

test('the public role reads the disclosure views and no table behind them', async () => {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'graphile_worker')
    union all select format('%I.%I', schemaname, viewname) from pg_views where schemaname = 'public'`.execute(
    world.owner,
  );
  expect(rows.length).toBeGreaterThan(40);
  for (const { name } of rows)
    await expect(sql.raw(`select 1 from ${name} limit 1`).execute(publicDb), name).rejects.toThrow(
      /permission denied/,
    );
});

test('the public role cannot write, call the queue or read settings of others', async () => {
  for (const statement of [
    `insert into proof_run (proof, offenders, took_ms) values ('x', 0, 1)`,
    `create table mine (x int)`,
    `select graphile_worker.add_job('x')`,
    `select nextval('donation_no')`,
    `select rolpassword from pg_authid`,
  ])
    await expect(sql.raw(statement).execute(publicDb), statement).rejects.toThrow(/permission denied/);
});

test('the campaign page holds the five numbers, 24 roads and the promises still open', async () => {
  const page = await campaignPage('gen-hun-meng', '2024-06-30', publicDb);
  expect(page?.roads).toHaveLength(24);
  expect([page?.outstandingMinor, page?.overdueMinor]).toEqual([2_860_000n, 500_000n]);
  expect(page?.duties.filter((duty) => duty.done_on === null).map((duty) => duty.due_on)).toEqual([
    '2028-03-31',
  ]);
  expect(page?.latest[0]?.id).toBeGreaterThan(page?.latest[1]?.id ?? 0n);
});

test('a road shows its budget, quotes, contract, payments, pictures and the gifts that paved it', async () => {
  const page = await segmentPage('ML-07', publicDb);
  expect(page?.payments.map((payment) => [payment.code, payment.amount_minor])).toEqual([
    ['D-0005', 450_000n],
    ['D-0013', 600_000n],
    ['D-0035', 405_000n],
  ]);
  expect(page?.quotes).toHaveLength(3);
  expect(page?.quotes.filter((quote) => quote.chosen)).toHaveLength(1);
  expect(page?.gifts.at(-1)?.toMm).toBe(48_000n);
  expect(page?.photographs.map((photograph) => photograph.stage)).toEqual(['before', 'during', 'after']);
  expect(await segmentPage('ML-99', publicDb)).toBeNull();
});

test('a gift’s fen are all somewhere, and its payments name their invoices', async () => {
  const page = await giftPage('G-0095', publicDb);
  expect(page?.stretches).toMatchObject([
    { segment: 'ML-07', fromMm: 32_576n, toMm: 34_176n, amountMinor: 50_000n },
  ]);
  expect(page?.places.reduce((sum, place) => sum + place.amount_minor, 0n)).toBe(page?.gift.amount_minor);
  expect(
    page?.payments.every((payment) => /^[0-9a-f]{64}$/.test(payment.payment_details.invoice_sha256)),
  ).toBe(true);
});

test('the ledger pages through every entry once, and each entry shows postings and gifts', async () => {
  const seen: bigint[] = [];
  let before: bigint | undefined;
  do {
    const page = await ledgerPage({ campaign: 'gen-hun-meng' }, { before }, publicDb);
    seen.push(...page.entries.map((entry) => entry.id));
    before = page.next ?? undefined;
  } while (before !== undefined);
  const { n } = await world.owner
    .selectFrom('entry')
    .select((eb) => eb.fn.countAll<bigint>().as('n'))
    .executeTakeFirstOrThrow();
  expect(BigInt(new Set(seen).size)).toBe(n);
  const one = await entryPage(seen[0] ?? 0n, publicDb);
  expect(one?.postings.length).toBeGreaterThan(0);
  const may = await ledgerPage({ month: '2024-05' }, {}, publicDb);
  expect(may.entries.every((entry) => entry.accounting_date.startsWith('2024-05'))).toBe(true);
});

test('a payment is followed back to its gifts and on to its invoice, a gift forward to what it paid', async () => {
  const entryOf = async (subject: string, kind: string) => {
    const found = (await ledgerPage({ subject, kind }, {}, publicDb)).entries[0];
    if (!found) throw new Error(`no ${kind} of ${subject}`);
    return found;
  };
  const payment = await entryChain(await entryOf('D-0005', 'contractor_paid'), publicDb);
  expect(payment.giftCount).toBeGreaterThan(0);
  expect(payment.gifts.reduce((sum, gift) => sum + gift.amountMinor, 0n)).toBe(450_000n);
  expect(new Set(payment.related.map((one) => one.segment))).toEqual(new Set([null, 'ML-07']));
  expect(payment.papers.map((paper) => paper.kind)).toEqual(
    expect.arrayContaining(['invoice', 'acceptance_sheet']),
  );
  const given = await entryChain(await entryOf('G-0095', 'gift_received'), publicDb);
  expect(given.gifts.map((gift) => gift.code)).toEqual(['G-0095']);
  const paid = given.related.filter((one) => one.kind === 'contractor_paid');
  expect(paid.reduce((sum, one) => sum + one.sharedMinor, 0n)).toBeLessThanOrEqual(50_000n);
  expect(paid.length).toBeGreaterThan(0);
  expect(await entryLeafNumber('E-999999', publicDb)).toBeNull();
});

test('the ledger is found by number, road, contractor, a name that was agreed to, and a reason', async () => {
  const anything: BookFilter = {
    campaign: 'gen-hun-meng',
    kinds: [],
    segment: null,
    contractor: null,
    subject: null,
    from: null,
    to: null,
    leastMinor: null,
    mostMinor: null,
    text: null,
    named: [],
  };
  const found = async (text: string) => {
    const named = await giftsNamed(text, 'gen-hun-meng', publicDb);
    return (await bookPage({ ...anything, text, named: named ?? [] }, null, publicDb)).rows;
  };
  expect((await found('d-0005')).map((row) => row.subject)).toEqual(['D-0005']);
  const road = await found('禾场');
  expect(road.length).toBeGreaterThan(10);
  expect(new Set(road.map((row) => row.segment))).toEqual(new Set(['ML-07']));
  expect((await bookPage({ ...anything, segment: 'ML-07' }, null, publicDb)).rows).toEqual(road);
  const contractor = await found('Sample Civil');
  expect(contractor.length).toBeGreaterThan(0);
  expect((await found('何家')).some((row) => row.kind === 'gift_received')).toBe(true);
  expect(await found('100%_')).toEqual([]);
  // Both at once: only what the road and the words leave.
  const both = await bookPage({ ...anything, segment: 'ML-07', text: 'Sample Civil' }, null, publicDb);
  expect(both.rows).toEqual(contractor.filter((row) => row.segment === 'ML-07'));
  expect((await bookPage({ ...anything, segment: 'ML-08', text: '禾场' }, null, publicDb)).rows).toEqual([]);
  // A road page by page is the road at once.
  const pages: unknown[] = [];
  for (let at: bigint | null = road[3]?.id ?? null; at !== null && pages.length < 5;) {
    const page = await bookPage({ ...anything, segment: 'ML-07' }, at, publicDb);
    pages.push(...page.rows.slice(0, 1));
    at = page.rows[0]?.id ?? null;
  }
  expect(pages).toEqual(road.slice(4, 4 + pages.length));
  expect(await giftsNamed('何家', 'gen-hun-meng', publicDb)).toHaveLength(
    (await found('何家')).filter((row) => row.kind === 'gift_received').length,
  );
  const all = await kindSums(anything, publicDb);
  expect(all.find((sum) => sum.kind === 'gift_received')?.minor).toBeGreaterThan(0n);
});

test('reports carry the figures of their period, meet their duty, and a correction stands beside what it corrects', async () => {
  const reports = await publicReports('gen-hun-meng', publicDb);
  expect(reports.filter((report) => report.kind === 'correction')).toHaveLength(1);
  const wrong = await publicReport('R-0002', publicDb);
  expect(wrong).toMatchObject({ status: 'corrected', due_on: '2024-03-16', published_on: '2024-03-12' });
  const correction = await publicReport(wrong?.corrected_by ?? '', publicDb);
  expect(correction).toMatchObject({ kind: 'correction', corrects_code: 'R-0002', status: 'published' });
  const duties = await publicDuties('gen-hun-meng', publicDb);
  expect(duties.find((duty) => duty.due_on === '2024-03-16')?.done_on).toBe('2024-03-12');
  const last = reports.find((report) => report.kind === 'progress_report')?.figures as ReportFigures;
  expect([last.at.received, last.during.received, last.at.paid]).toEqual(['30000000', '0', '20268600']);
  expect(last.channels).toEqual([]);
  // All months together are the numbers of the campaign.
  const months = await moneyMonths('gen-hun-meng', publicDb);
  const sum = (of: (month: (typeof months)[number]) => bigint) =>
    months.reduce((all, month) => all + of(month), 0n);
  expect([sum((m) => m.received_minor), sum((m) => m.paid_minor)]).toEqual([30_000_000n, 20_268_600n]);
  expect([sum((m) => m.allocated_minor), sum((m) => m.committed_minor)]).toEqual([28_640_000n, 25_540_000n]);
  expect((await publicPlans('gen-hun-meng', publicDb)).map((plan) => plan.version)).toEqual([1]);
});

test('a report is published by another than its writer, as it was read, and only once', async () => {
  const { lin, zhou, ming } = world.staff;
  const key = { n: 0 };
  const run = <Output>(command: AnyCommand<Output>, input: unknown, actor: Actor) =>
    runCommand(command, input, actor, { key: `report-test-${(key.n += 1)}`, db: world.db });
  const words = { 'zh-Hans': '说明', 'zh-Hant': '說明', en: 'Words' };
  const draft = {
    campaign: 'gen-hun-meng',
    kind: 'progress_report',
    title: words,
    body: words,
    originalLang: 'zh-Hans',
    periodFrom: '2026-09-10',
    periodTo: '2026-11-01',
    dueOn: '2026-12-16',
    corrects: null,
  };
  const drafted = await run(draftReport, draft, lin);
  if (!drafted.ok) throw new Error(drafted.refusal.name);
  const report = drafted.value.code;
  const on = '2026-11-02';
  expect(await run(publishReport, { report, seenHash: 'a'.repeat(64), on }, zhou)).toMatchObject({
    refusal: { name: 'illegal_state_change' },
  });
  const submitted = await run(submitReport, { report, on }, lin);
  if (!submitted.ok) throw new Error(submitted.refusal.name);
  const seenHash = submitted.value.contentHash;
  expect(await run(publishReport, { report, seenHash, on }, lin)).toMatchObject({
    refusal: { name: 'not_permitted' },
  });
  const writerWhoApproves: Actor = { ...lin, roles: ['clerk', 'approver'] };
  expect(await run(publishReport, { report, seenHash, on }, writerWhoApproves)).toMatchObject({
    refusal: { name: 'maker_is_checker' },
  });
  expect(await run(publishReport, { report, seenHash: 'b'.repeat(64), on }, zhou)).toMatchObject({
    refusal: { name: 'changed_since_seen' },
  });
  expect(await publicReport(report, publicDb)).toBeNull();
  expect(await run(returnReport, { report, reason: '再写清楚', on }, zhou)).toMatchObject({ ok: true });
  const again = await run(submitReport, { report, on }, lin);
  if (!again.ok) throw new Error(again.refusal.name);
  expect(await run(publishReport, { report, seenHash: again.value.contentHash, on }, zhou)).toMatchObject({
    ok: true,
  });
  expect(await publicReport(report, publicDb)).toMatchObject({ status: 'published', published_on: on });
  const duties = await publicDuties('gen-hun-meng', publicDb);
  expect(duties.find((duty) => duty.due_on === '2026-12-16')?.done_on).toBe(on);
  const { rows } = await sql<{ event: string }>`
    select event from audit_event where subject_id = ${report} order by id`.execute(world.owner);
  expect(rows.map((row) => row.event)).toEqual([
    'report_drafted',
    'report_submitted',
    'report_returned',
    'report_submitted',
    'report_published',
  ]);
  expect(await run(draftReport, { ...draft, corrects: 'R-0001' }, lin)).toMatchObject({
    refusal: { name: 'invalid_input', field: 'corrects' },
  });
  const second = await run(draftReport, draft, ming);
  if (!second.ok) throw new Error(second.refusal.name);
  expect(await run(withdrawReport, { report: second.value.code, reason: '重复', on }, ming)).toMatchObject({
    ok: true,
  });
});

test('a report that waits is listed with its reason, its day and its hash, and opens not before', async () => {
  const { lin, zhou } = world.staff;
  const key = { n: 0 };
  const run = <Output>(command: AnyCommand<Output>, input: unknown, actor: Actor) =>
    runCommand(command, input, actor, { key: `embargo-test-${(key.n += 1)}`, db: world.db });
  const said = { 'zh-Hans': '招标说明', 'zh-Hant': '招標說明', en: 'Of the tender' };
  const drafted = await run(
    draftReport,
    {
      campaign: 'gen-hun-meng',
      kind: 'progress_report',
      title: said,
      body: said,
      originalLang: 'zh-Hans',
      periodFrom: '2026-09-10',
      periodTo: '2026-11-01',
      dueOn: null,
      corrects: null,
    },
    lin,
  );
  if (!drafted.ok) throw new Error(drafted.refusal.name);
  const report = drafted.value.code;
  const submitted = await run(submitReport, { report, on: '2026-11-02' }, lin);
  if (!submitted.ok) throw new Error(submitted.refusal.name);
  const seenHash = submitted.value.contentHash;
  const keep = { report, seenHash, on: '2026-11-03', opensOn: '2026-11-20', reason: '招标尚未截止' };
  expect(await run(embargoReport, { ...keep, opensOn: '2026-11-03' }, zhou)).toMatchObject({
    refusal: { name: 'invalid_input', field: 'opensOn' },
  });
  expect(await run(embargoReport, keep, { ...lin, roles: ['clerk', 'approver'] })).toMatchObject({
    refusal: { name: 'maker_is_checker' },
  });
  expect(await withheldReports('gen-hun-meng', publicDb)).toEqual([]);
  expect(await run(embargoReport, keep, zhou)).toMatchObject({ ok: true });
  expect(await publicReport(report, publicDb)).toBeNull();
  const [waiting] = await withheldReports('gen-hun-meng', publicDb);
  expect(waiting).toMatchObject({
    code: report,
    opens_on: '2026-11-20',
    withheld_reason: '招标尚未截止',
    content_hash: seenHash,
  });
  // Only the words themselves wait.
  expect(waiting).not.toHaveProperty('body');
  expect(await run(publishReport, { report, seenHash, on: '2026-11-19' }, zhou)).toMatchObject({
    refusal: { name: 'not_open_yet', field: 'on' },
  });
  expect(await run(publishReport, { report, seenHash, on: '2026-11-20' }, zhou)).toMatchObject({ ok: true });
  expect(await publicReport(report, publicDb)).toMatchObject({ status: 'published', content_hash: seenHash });
  expect(await withheldReports('gen-hun-meng', publicDb)).toEqual([]);
});

test('the wall names exactly the gifts whose donors agreed, in the order they came', async () => {
  const { names, next } = await namedGifts('gen-hun-meng', null, publicDb);
  expect(next).toBeNull();
  const { rows } = await sql<{ code: string }>`
    select g.code from disclosure.gift g where g.shown_as is not null order by g.lot_order`.execute(
    world.owner,
  );
  expect(names.map((gift) => gift.code)).toEqual(rows.map((row) => row.code));
  expect(names.length).toBeGreaterThan(10);
});

test('a name appears only where it was agreed to and read', async () => {
  await sql`update recognition set withdrawn_at = now() where id = (select recognition_id from donation where code = 'G-0095')`.execute(
    world.owner,
  );
  expect((await giftPage('G-0095', publicDb))?.gift.shown_as).toBeNull();
  const { rows } = await sql<{ hidden: bigint }>`
    select count(*) as hidden from disclosure.gift g join donation d using (code) left join recognition r on r.id = d.recognition_id
    where g.shown_as is not null and (r.id is null or r.consented_at is null or r.moderation <> 'shown' or r.withdrawn_at is not null)`.execute(
    world.owner,
  );
  expect(rows[0]?.hidden).toBe(0n);
});
