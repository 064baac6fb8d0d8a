// Plays scenes of roads on the database of the running product by commands, as its own processes run them, for
// journeys in the browser: what takes long and has been seen elsewhere, and what only the database can tell.
import { sql } from 'kysely';
import { connect } from '@/db/connect';
import { inspectConcern, reportConcern, takeUpConcern } from '@/lib/concerns/concern.commands';
import { proposeContract, registerContractor } from '@/lib/contracts/contract.commands';
import {
  approveDisbursement,
  payDisbursement,
  requestDisbursement,
} from '@/lib/disbursements/disbursement.commands';
import { approveRefund } from '@/lib/donations/refund.commands';
import { env } from '@/lib/env';
import { signAcceptance } from '@/lib/evidence/evidence.commands';
import { recordAnswer } from '@/lib/plan-changes/change.commands';
import { approveBudget, proposeBudget, proposeSegment } from '@/lib/segments/segment.commands';
import { prove } from '@/lib/proofs/proofs.queries';
import { CAMPAIGN, ON, roadInput, RoadsKit, words } from '../db/roads-kit';
import type { Staff } from './people';
import type { RoadScenes, SceneCall } from './road-scenes';

const db = connect(env.appDatabaseUrl, { max: 2, statementTimeoutMs: 30_000, prepare: true });
const person = async (role: 'clerk' | 'approver' | 'inspector'): Promise<Staff['lin']> => {
  const { id } = await db
    .selectFrom('person')
    .select('id')
    .where('email', '=', `${role}@demo.invalid`)
    .executeTakeFirstOrThrow();
  return { kind: 'person', personId: id, roles: [role], secondFactor: true };
};
const [lin, zhou, he] = [await person('clerk'), await person('approver'), await person('inspector')];
const kit = RoadsKit.beside({ db, staff: { lin, zhou, he, wen: he, ming: he } }, process.pid * 1000);

const contractor = (code: string, phone: string) =>
  kit.act(
    registerContractor,
    { code, name: words(code), registrationNo: null, phone, bankAccount: null, conflictOfInterest: null },
    lin,
  );

/** A hundred cubic metres of concrete and fifty metres of ditch. */
const LINES = [
  { item: words('混凝土路面'), unit: 'm3', quantityMilli: 100_000n, amountMinor: 80_000n },
  { item: words('边沟'), unit: 'm', quantityMilli: 50_000n, amountMinor: 20_000n },
];

const pay = async (seen: { readonly code: string; readonly contentHash: string }): Promise<void> => {
  await kit.act(approveDisbursement, { disbursement: seen.code, seenHash: seen.contentHash, on: ON }, zhou);
  await kit.act(payDisbursement, kit.payInput(seen.code), lin);
};

const scenes: RoadScenes = {
  giftsForRoad: async (road, count, mail) => {
    await kit.road(9_000_000n, road);
    const gifts: string[] = [];
    for (let n = 0; n < count; n += 1) {
      const lang = ['zh-Hans', 'zh-Hant', 'en'][n % 3];
      const donor = {
        name: `王${n}`,
        email: `${mail}${n}@example.invalid`,
        phone: null,
        country: null,
        lang,
      };
      gifts.push((await kit.gift(50_000n + BigInt(n), { designation: road, donor })).code);
    }
    await kit.allocate(road, 1_200_000n);
    return gifts;
  },
  give: async (road, amountMinor) => (await kit.gift(amountMinor, { designation: road })).code,
  budgeted: async (roads, budgetMinor, freeMinor) => {
    for (const road of roads) await kit.road(budgetMinor, road);
    await kit.gift(freeMinor);
  },
  answers: async (change, gifts, answer) => {
    for (const gift of gifts)
      await kit.act(
        recordAnswer,
        { change, gift, answer, evidence: '电话记录', document: null, on: '2026-11-10' },
        lin,
      );
  },
  approveRefunds: async (refunds, on) => {
    for (const code of refunds) {
      const row = await db
        .selectFrom('refund')
        .select('content_hash')
        .where('code', '=', code)
        .executeTakeFirstOrThrow();
      await kit.act(approveRefund, { refund: code, seenHash: row.content_hash, on }, zhou);
    }
  },
  tender: async (road, bidder, other) => {
    await contractor(bidder, `138 ${process.pid} 0000`);
    await contractor(other, `138-${process.pid}-0000`);
    await kit.act(proposeSegment, roadInput(road), lin);
    const budget = await kit.act(proposeBudget, { segment: road, lines: LINES, reason: null, on: ON }, lin);
    const seen = { segment: road, version: budget.version, seenHash: budget.contentHash, on: ON };
    await kit.act(approveBudget, seen, zhou);
    await kit.gift(100_000n, { designation: road });
    await kit.allocate(road, 100_000n);
    await kit.quote(road, 100_000n, bidder);
    const input = await kit.contractInput(road, 100_000n, {
      contractor: bidder,
      lines: LINES,
      retentionMinor: 5_000n,
      fewQuotesReason: '只有一家愿意做',
    });
    return (await kit.act(proposeContract, input, lin)).code;
  },
  begin: async (road, contract) => {
    await kit.move(road, 'start');
    await kit.photo(road, 'during');
    return kit.certify(contract, 60_000n, 'base');
  },
  fund: async (road, amountMinor) => {
    await kit.gift(amountMinor, { designation: road });
    await kit.allocate(road, amountMinor);
  },
  pay: async (code) => {
    const { content_hash: contentHash } = await db
      .selectFrom('disbursement')
      .select('content_hash')
      .where('code', '=', code)
      .executeTakeFirstOrThrow();
    await pay({ code, contentHash });
  },
  finish: async (road, contract, amountMinor, lines) => {
    const certificate = await kit.certify(contract, amountMinor, 'final');
    const invoice = await kit.paper(road, 'invoice');
    await pay(await kit.act(requestDisbursement, { certificate, invoice, amountMinor, lines, on: ON }, lin));
    await kit.move(road, 'ask_inspection');
    const sheet = await kit.paper(road, 'acceptance_sheet');
    await kit.photo(road, 'after');
    const sizes = { lengthMm: 48_000, widthMm: 3000, thicknessMm: 180 };
    await kit.act(
      signAcceptance,
      { segment: road, sheet, ...sizes, result: 'accepted', remark: null, on: ON },
      he,
    );
    await kit.move(road, 'begin_warranty', { warrantyUntil: '2024-06-30' });
    const defect = {
      kind: 'defect',
      campaign: CAMPAIGN,
      segment: road,
      aboutRole: null,
      told: '村口那一段路面开裂，约两米长',
      contact: null,
      pictureSha256: null,
      on: ON,
    };
    const { code } = await kit.act(reportConcern, defect, { kind: 'visitor' });
    await kit.act(takeUpConcern, { concern: code, summary: words('路面开裂'), on: ON }, he);
    await kit.act(inspectConcern, { concern: code, finding: 'confirmed', note: '确有裂缝', on: ON }, he);
    await kit.photo(road, 'after');
    return code;
  },
  release: async (road, certificate, amountMinor) => {
    const invoice = await kit.paper(road, 'invoice');
    await pay(await kit.act(requestDisbursement, { certificate, invoice, amountMinor, on: ON }, lin));
  },
  places: async (gifts) => {
    const { rows } = await sql<{ gift: string; account: string; minor: bigint }>`
      select l.subject as gift, a.code as account, p.held_minor as minor
      from lot_position p join lot l on l.id = p.lot_id join account a on a.id = p.account_id
      where l.subject = any(${gifts}) and p.held_minor > 0 order by l.subject, a.code`.execute(db);
    return rows;
  },
  offenders: async () =>
    (await prove(db)).filter(({ offenders }) => offenders !== 0n).map(({ name }) => name),
};

process.on('message', ({ id, scene, args }: SceneCall) => {
  const play = scenes[scene] as (...all: unknown[]) => Promise<unknown>;
  play(...args).then(
    (value) => process.send?.({ id, value }),
    (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.message : String(error) }),
  );
});
process.send?.({ id: 0 });
