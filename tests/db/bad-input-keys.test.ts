import { afterAll, beforeAll, expect, test } from 'vitest';
import { proposeAllocation } from '@/lib/allocations/allocation.commands';
import type { Actor } from '@/lib/auth/roles.rules';
import { certifyWork } from '@/lib/contracts/certificate.commands';
import { proposeContract, recordQuote } from '@/lib/contracts/contract.commands';
import type { AnyCommand } from '@/lib/context';
import { requestDisbursement } from '@/lib/disbursements/disbursement.commands';
import { clearDonation, recordDonation } from '@/lib/donations/donation.commands';
import { proposeRefund } from '@/lib/donations/refund.commands';
import { filePhotograph } from '@/lib/evidence/evidence.commands';
import { proposeBudget, proposeSegment } from '@/lib/segments/segment.commands';
import { newId } from '@/lib/shared/id';
import { cases } from '../support/bad-input';
import { written } from '../support/routes';
import { budgetInput, clearInput, giftInput, RoadsKit, roadInput, shaOf } from './roads-kit';

// A key belongs to one act with one input. The same key with any one field altered, or from another person, is refused
// by that name and leaves nothing; the same key with the same input is answered again as before.

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(4);
});
afterAll(() => kit.close());

type Input = Readonly<Record<string, unknown>>;

/** Another value of the same kind, which the form takes as well. */
const another = (value: unknown, name: string): unknown => {
  if (typeof value === 'bigint') return value + 1n;
  if (typeof value === 'number') return value + 1;
  if (name === 'geometry')
    return {
      type: 'LineString',
      coordinates: [
        [113.35, 22.46],
        [113.37, 22.48],
      ],
    };
  if (typeof value === 'string') {
    if (/^\d{4}-\d\d-\d\d$/.test(value)) return '2024-03-06';
    if (/^[0-9a-f]{64}$/.test(value)) return shaOf(`another ${name}`);
    return (
      ({ CNY: 'HKD', bank: 'cash', before: 'after', 'CO-A': 'CO-B' } as Record<string, string>)[value] ??
      `${value}1`
    );
  }
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value))
    return value.length === 0 ? undefined : [...(value as unknown[]), ...(value as unknown[])];
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, `${String(text)}另`]));
  return undefined;
};

/** What stands where nothing was said. */
const SAID: Input = {
  designation: 'ML-9001',
  bankReference: 'BOC 77',
  location: { 'zh-Hans': '村口', 'zh-Hant': '村口', en: 'Gate' },
  note: '另',
  reason: '另',
  percent: 50,
  settledMinor: 1n,
  rate: '1.1',
  rateOn: '2024-03-06',
  fewQuotesReason: '另',
  latitudeE7: 1,
  longitudeE7: 1,
  capturedAt: '2024-03-05T00:00:00Z',
};

test('a key used again with one field altered is refused, and leaves nothing', async () => {
  const { lin, he } = kit.staff;
  const road = await kit.fundedRoad(100_000n);
  const open = await kit.road(100_000n);
  const spare = await kit.gift(50_000n);
  const uncleared = await kit.verified(10_000n);
  const { road: built, contract } = await kit.contractedRoad(100_000n);
  await kit.move(built, 'start');
  const certificate = await kit.certify(contract, 10_000n);
  const invoice = await kit.paper(built, 'invoice');
  const quotePaper = await kit.paper(road, 'quote');
  await kit.quote(road, 90_000n);
  const acts: readonly (readonly [AnyCommand<unknown>, Input, Actor])[] = [
    [recordDonation, giftInput(5_000n), lin],
    [proposeSegment, roadInput('ML-9002'), lin],
    [proposeBudget, budgetInput(open, 90_000n, '改预算'), lin],
    [proposeAllocation, { segment: open, amountMinor: 1_000n, note: null, on: '2024-03-05' }, lin],
    [clearDonation, clearInput(uncleared.code), lin],
    [proposeRefund, { donation: spare.code, amountMinor: 1_000n, reason: '误捐', on: '2024-03-05' }, lin],
    [
      recordQuote,
      { segment: road, contractor: 'CO-A', amountMinor: 95_000n, document: quotePaper, on: '2024-03-05' },
      lin,
    ],
    [proposeContract, await kit.contractInput(road, 90_000n), lin],
    [certifyWork, kit.certifyInput(contract, 1_000n), he],
    [filePhotograph, kit.photoInput(built, 'before'), he],
    [requestDisbursement, { certificate, invoice, amountMinor: 10_000n, on: '2024-03-05' }, lin],
  ];
  const tried: { readonly act: string; readonly field: string }[] = [];
  for (const [command, input, actor] of acts) {
    const key = newId();
    const first = await kit.try(command, input, actor, key);
    expect(first.ok ? 'done' : first.refusal, command.name).toBe('done');
    const before = await written(kit.world);
    for (const [field, value] of Object.entries(input)) {
      const altered = { ...input, [field]: value === null ? SAID[field] : another(value, field) };
      if (altered[field] === undefined) continue;
      const again = await kit.try(command, altered, actor, key);
      const said = again.ok ? 'done' : again.refusal;
      // A field that the form itself refuses never comes as far as its key.
      if (!again.ok && again.refusal.name === 'invalid_input') continue;
      expect(said, `${command.name} ${field}`).toEqual({ name: 'idempotency_key_reused' });
      tried.push({ act: command.name, field });
    }
    const other = { ...actor, personId: kit.staff.zhou.personId } as Actor;
    const theirs = await kit.try(command, input, other, key);
    expect(theirs.ok ? 'done' : theirs.refusal.name, command.name).toBe('idempotency_key_reused');
    expect(await kit.try(command, input, actor, key)).toEqual(first);
    expect(await written(kit.world)).toBe(before);
  }
  cases('reused-keys', tried);
});

test('a key that is none is refused', async () => {
  const before = await written(kit.world);
  for (const key of ['', 'x', '1234567', 'x'.repeat(201), 'x'.repeat(100_000)]) {
    const answer = await kit.try(recordDonation, giftInput(5_000n), kit.staff.lin, key);
    expect(answer.ok ? 'done' : answer.refusal).toMatchObject({ name: 'invalid_input', field: 'key' });
  }
  expect(await written(kit.world)).toBe(before);
});
