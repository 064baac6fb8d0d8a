import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '@/db/connect';
import type { Actor } from '@/lib/auth/roles.rules';
import { inspectConcern, reportConcern, takeUpConcern } from '@/lib/concerns/concern.commands';
import { certifyWork } from '@/lib/contracts/certificate.commands';
import { useRetention } from '@/lib/contracts/repair.commands';
import { approveVariation, proposeVariation } from '@/lib/contracts/variation.commands';
import {
  approveDisbursement,
  bounceDisbursement,
  payDisbursement,
  requestDisbursement,
} from '@/lib/disbursements/disbursement.commands';
import { segmentPage } from '@/lib/disclosure/segment.queries';
import { signAcceptance } from '@/lib/evidence/evidence.commands';
import { allProofsHold } from '../support/act';
import { approveBudget, proposeBudget } from '@/lib/segments/segment.commands';
import { budgetInput, CAMPAIGN, ON, RoadsKit, words } from './roads-kit';

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(4);
});
afterAll(async () => {
  await allProofsHold(kit.world.reader);
  await kit.close();
});

const publicly = async (code: string) => {
  const db = connect(kit.world.database.publicUrl, { max: 4 });
  try {
    return await segmentPage(code, db);
  } finally {
    await db.destroy();
  }
};

/** A contract over 100 m³ of concrete and 50 m of ditch. */
const LINES = [
  { item: words('混凝土路面'), unit: 'm3', quantityMilli: 100_000n, amountMinor: 80_000n },
  { item: words('边沟'), unit: 'm', quantityMilli: 50_000n, amountMinor: 20_000n },
];
const line = (lineNo: number, quantityMilli: bigint, amountMinor: bigint) => ({
  lineNo,
  quantityMilli,
  amountMinor,
});

const ask = async (road: string, certificate: string, amountMinor: bigint, lines: unknown[]) => ({
  certificate,
  invoice: await kit.paper(road, 'invoice'),
  amountMinor,
  lines,
  on: ON,
});

const pay = async (seen: { code: string; contentHash: string }): Promise<void> => {
  await kit.act(
    approveDisbursement,
    { disbursement: seen.code, seenHash: seen.contentHash, on: ON },
    kit.staff.zhou,
  );
  await kit.act(payDisbursement, kit.payInput(seen.code), kit.staff.lin);
};

test('an invoice is paid by line: never more than contracted and varied, and what bounced may be asked for again', async () => {
  const { lin, zhou } = kit.staff;
  const { road, contract } = await kit.contractedRoad(100_000n, { lines: LINES, retentionMinor: 5_000n });
  await kit.photo(road, 'during');
  const base = await kit.certify(contract, 60_000n, 'base');
  const refusals = [
    ['invoice_lines_missing', []],
    ['not_found', [line(3, 1n, 60_000n)]],
    ['invalid_input', [line(1, 1n, 30_000n), line(1, 1n, 30_000n)]],
    ['exceeds_contracted', [line(1, 100_001n, 60_000n)]],
    ['exceeds_contracted', [line(2, 1_000n, 20_001n), line(1, 1_000n, 39_999n)]],
    ['amounts_differ', [line(1, 70_000n, 59_999n)]],
  ] as const;
  for (const [name, lines] of refusals)
    await kit.refused(requestDisbursement, await ask(road, base, 60_000n, [...lines]), lin, name);

  const first = [line(1, 70_000n, 56_000n), line(2, 10_000n, 4_000n)];
  const seen = await kit.act(requestDisbursement, await ask(road, base, 60_000n, first), lin);
  // While it is on its way its quantities are taken.
  const second = await kit.certify(contract, 30_000n, 'surface');
  const over = [line(1, 30_001n, 24_000n), line(2, 15_000n, 6_000n)];
  await kit.refused(requestDisbursement, await ask(road, second, 30_000n, over), lin, 'exceeds_contracted');
  await pay(seen);
  await kit.act(bounceDisbursement, { disbursement: seen.code, reason: '账号有误', on: ON }, kit.staff.lin);
  await pay(await kit.act(requestDisbursement, await ask(road, base, 60_000n, first), lin));

  // Twenty cubic metres more, by a variation with both values and its lines.
  const wider = await kit.act(proposeBudget, budgetInput(road, 116_000n, '路面加宽'), lin);
  const seenBudget = { segment: road, version: wider.version, seenHash: wider.contentHash, on: ON };
  await kit.act(approveBudget, seenBudget, zhou);
  await kit.gift(16_000n);
  await kit.allocate(road, 16_000n);
  const vary = (lines: unknown[]) => ({
    contract,
    afterMinor: 116_000n,
    rationale: '路面加宽',
    lines,
    document: null,
    on: ON,
  });
  await kit.refused(proposeVariation, vary([]), lin, 'amounts_differ');
  await kit.refused(proposeVariation, vary([line(2, -45_000n, 16_000n)]), lin, 'exceeds_contracted');
  const varied = await kit.act(proposeVariation, vary([line(1, 20_000n, 16_000n)]), lin);
  await kit.refused(requestDisbursement, await ask(road, second, 30_000n, over), lin, 'exceeds_contracted');
  await kit.act(approveVariation, { variation: varied.code, seenHash: varied.contentHash, on: ON }, zhou);
  await pay(await kit.act(requestDisbursement, await ask(road, second, 30_000n, over), lin));

  const page = await publicly(road);
  expect(page?.contractLines).toMatchObject([
    { quantity_milli: 100_000n, varied_milli: 20_000n, paid_milli: 100_001n, paid_minor: 80_000n },
    { quantity_milli: 50_000n, varied_milli: 0n, paid_milli: 25_000n, paid_minor: 10_000n },
  ]);
  expect(page?.story.bounces).toMatchObject([{ payment: seen.code, amountMinor: 60_000n }]);
});

const ANYONE: Actor = { kind: 'visitor' };
const defect = async (segment: string): Promise<string> => {
  const { code } = await kit.act(
    reportConcern,
    {
      kind: 'defect',
      campaign: CAMPAIGN,
      segment,
      aboutRole: null,
      told: '村口那一段路面开裂，约两米长',
      contact: null,
      pictureSha256: null,
      on: ON,
    },
    ANYONE,
  );
  await kit.act(takeUpConcern, { concern: code, summary: words('路面开裂'), on: ON }, kit.staff.he);
  return code;
};

test('within the warranty retention pays another contractor for a confirmed defect; the rest is released after it', async () => {
  const { he, lin } = kit.staff;
  const { road, contract } = await kit.contractedRoad(100_000n, { retentionMinor: 5_000n });
  await kit.move(road, 'start');
  await kit.pay(road, contract, 95_000n);
  await kit.move(road, 'ask_inspection');
  const sheet = await kit.paper(road, 'acceptance_sheet');
  await kit.photo(road, 'after');
  const sizes = { lengthMm: 48_000, widthMm: 3000, thicknessMm: 180 };
  await kit.act(
    signAcceptance,
    { segment: road, sheet, ...sizes, result: 'accepted', remark: null, on: ON },
    he,
  );
  const concern = await defect(road);
  const repair = { contract, concern, paidTo: 'CO-B', amountMinor: 3_000n, note: null, on: ON };
  await kit.refused(useRetention, repair, he, 'illegal_state_change');
  await kit.move(road, 'begin_warranty', { warrantyUntil: '2024-06-30' });
  await kit.refused(useRetention, repair, he, 'defect_not_confirmed');
  await kit.act(inspectConcern, { concern, finding: 'confirmed', note: '确有裂缝', on: ON }, he);
  await kit.refused(useRetention, { ...repair, amountMinor: 5_001n }, he, 'exceeds_committed');
  await kit.refused(useRetention, { ...repair, paidTo: 'CO-Z' }, he, 'not_found');
  await kit.refused(useRetention, repair, lin, 'not_permitted');
  const { code } = await kit.act(useRetention, repair, he);
  await kit.refused(useRetention, { ...repair, amountMinor: 2_001n }, he, 'exceeds_committed');
  const seen = await kit.request(road, code, 3_000n);
  await pay(seen);

  const paid = await kit.db
    .selectFrom('disclosure.payment')
    .select(['contractor_name', 'stage', 'amount_minor'])
    .where('code', '=', seen.code)
    .executeTakeFirstOrThrow();
  expect(paid).toMatchObject({ contractor_name: words('CO-B'), stage: 'repair', amount_minor: 3_000n });
  // Tracing to the fen: the gifts of this payment are those of the road, and add up to it.
  const gifts = await kit.db
    .selectFrom('disclosure.gift_payment')
    .select(['gift', 'amount_minor'])
    .where('payment', '=', seen.code)
    .execute();
  expect(gifts.reduce((sum, one) => sum + one.amount_minor, 0n)).toBe(3_000n);

  const after = '2024-07-01';
  await kit.refused(
    certifyWork,
    kit.certifyInput(contract, 5_000n, 'retention', after),
    he,
    'amounts_differ',
  );
  const rest = await kit.certify(contract, 2_000n, 'retention', after);
  await pay(await kit.request(road, rest, 2_000n));
  await kit.move(road, 'close', { on: after });
  const page = await publicly(road);
  expect(page?.certificates.find((one) => one.stage === 'repair')).toMatchObject({
    concern,
    paid_to_name: words('CO-B'),
  });
  expect(page?.segment).toMatchObject({ status: 'closed', paid_minor: 100_000n });
});
