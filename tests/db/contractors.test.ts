import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerContractor } from '@/lib/contracts/contract.commands';
import { contractorRegister, transferList } from '@/lib/contracts/contractor.queries';
import { declareInterests } from '@/lib/contracts/declaration.commands';
import { approveDisbursement } from '@/lib/disbursements/disbursement.commands';
import { ON, RoadsKit, words } from './roads-kit';

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(4);
});
afterAll(() => kit.close());

const contractor = (code: string, over: Record<string, unknown> = {}) => ({
  code,
  name: words(code),
  registrationNo: null,
  phone: null,
  bankAccount: null,
  conflictOfInterest: null,
  ...over,
});

test('a bidder with the telephone or the account of staff or of another bidder is shown; what staff declare is in no audit event', async () => {
  const { lin, zhou } = kit.staff;
  await kit.act(registerContractor, contractor('CO-T1', { phone: '0760-8888 1234' }), lin);
  await kit.act(
    registerContractor,
    contractor('CO-T2', { phone: '076088881234', bankAccount: '4400 1234 5678' }),
    lin,
  );
  await kit.act(
    declareInterests,
    { phone: null, bankAccount: '440012345678', interests: null, on: ON },
    zhou,
  );
  const byCode = new Map((await contractorRegister(kit.world.reader)).map((one) => [one.code, one.ties]));
  expect(byCode.get('CO-T1')).toEqual([{ by: 'phone', with: { kind: 'contractor', code: 'CO-T2' } }]);
  expect(byCode.get('CO-T2')?.map((tie) => `${tie.by} ${tie.with.kind}`)).toEqual([
    'phone contractor',
    'account staff',
  ]);
  // Declared anew, it no longer ties.
  await kit.act(declareInterests, { phone: null, bankAccount: null, interests: '无', on: ON }, zhou);
  const after = (await contractorRegister(kit.world.reader)).find((one) => one.code === 'CO-T2');
  expect(after?.ties).toHaveLength(1);
  const events = await kit.db
    .selectFrom('audit_event')
    .select('details')
    .where('event', '=', 'interests_declared')
    .execute();
  expect(events).toHaveLength(2);
  expect(JSON.stringify(events)).not.toContain('4400');
});

test('the transfer list names approved payments only, each with its account and its number', async () => {
  const { road, contract } = await kit.contractedRoad(10_000n);
  const certificate = await kit.certify(contract, 4_000n);
  const { code, contentHash } = await kit.request(road, certificate, 4_000n);
  expect((await transferList(kit.world.reader)).map((one) => one.code)).not.toContain(code);
  await kit.act(approveDisbursement, { disbursement: code, seenHash: contentHash, on: ON }, kit.staff.zhou);
  const line = (await transferList(kit.world.reader)).find((one) => one.code === code);
  expect(line).toMatchObject({ amountMinor: 4_000n, currency: 'CNY', segment: road, contract });
});
