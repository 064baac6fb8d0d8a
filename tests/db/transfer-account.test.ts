import { afterAll, beforeAll, expect, test } from 'vitest';
import { pledgeCard } from '@/lib/payments/pledge-card.queries';
import {
  approveTransferAccount,
  nameTransferAccount,
  proposeTransferAccount,
  returnTransferAccount,
  withdrawTransferAccount,
} from '@/lib/payments/transfer-account.commands';
import { transferAccounts, waitingAccountChanges } from '@/lib/payments/transfer-account.queries';
import { makePledge } from '@/lib/pledges/pledge.commands';
import { openBankAccount } from '@/lib/reconciliation/account.commands';
import { newId } from '@/lib/shared/id';
import type { Person } from '../support/people';
import { allProofsHold, refused } from '../support/act';
import { pledgeInput } from './donations-kit';
import { CAMPAIGN, ON, RoadsKit, words } from './roads-kit';

// The account on the transfer card: whoever changes it moves every transfer to come, so it takes two.

let kit: RoadsKit;
beforeAll(async () => {
  kit = await RoadsKit.open(4);
});
afterAll(async () => {
  await allProofsHold(kit.world.reader);
  await kit.close();
});

const SETUP = { kind: 'system', name: 'setup' } as const;
const account = (accountNumber: string) => ({
  campaign: CAMPAIGN,
  holder: words('募捐主体专户'),
  accountNumber,
  bank: words('示意银行中山分行'),
  on: ON,
});
const change = (accountNumber: string) => ({ ...account(accountNumber), reason: '原账户销户' });
const propose = (accountNumber: string) =>
  kit.act(proposeTransferAccount, change(accountNumber), kit.staff.lin);
const decision = ({ proposal, contentHash }: Awaited<ReturnType<typeof propose>>) => ({
  proposal,
  seenHash: contentHash,
  on: ON,
});
const state = async () => {
  const [one] = await transferAccounts(kit.world.reader);
  if (!one) throw new Error('there is no campaign');
  return one;
};
const numbers = async () => (await state()).printed.map((one) => one.accountNumber);
const eventsOf = async (event: string) =>
  kit.db.selectFrom('audit_event').select(['details']).where('event', '=', event).execute();

test('a campaign is set up with its first account, and only with that', async () => {
  await kit.act(nameTransferAccount, account('0000 0000 0000 0300'), SETUP);
  expect(await numbers()).toEqual(['0000 0000 0000 0300']);
  expect((await state()).printed[0]).toMatchObject({ maker: null, checker: null });
  await refused(kit.db, nameTransferAccount, account('6666 6666'), SETUP, 'illegal_state_change');
  await refused(kit.db, nameTransferAccount, account('6666 6666'), kit.staff.ming, 'not_permitted');
  await expect(
    kit.db
      .insertInto('transfer_account')
      .values({
        id: newId(),
        campaign_id: (await kit.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()).id,
        holder: words('x'),
        account_number: '6666 6666',
        bank: words('x'),
        recorded_by: kit.staff.ming.personId,
      })
      .execute(),
  ).rejects.toThrow('transfer_account_is_approved');
});

test('what one person proposes changes no card until another has approved what was seen', async () => {
  const { lin, zhou, ming } = kit.staff;
  const proposed = await propose('1111 2222 3333 4444');
  expect(await numbers()).toEqual(['0000 0000 0000 0300']);
  expect((await state()).waiting).toMatchObject({ accountNumber: '1111 2222 3333 4444', readAs: null });
  expect([
    await waitingAccountChanges(lin.personId, kit.world.reader),
    await waitingAccountChanges(zhou.personId, kit.world.reader),
  ]).toEqual([0, 1]);
  await refused(kit.db, proposeTransferAccount, change('5555 6666'), ming, 'account_change_waiting');
  const both = { ...lin, roles: ['clerk', 'approver'] } satisfies Person;
  await refused(kit.db, approveTransferAccount, decision(proposed), both, 'maker_is_checker');
  await refused(
    kit.db,
    returnTransferAccount,
    { ...decision(proposed), reason: 'x' },
    both,
    'maker_is_checker',
  );
  await refused(kit.db, approveTransferAccount, decision(proposed), ming, 'not_permitted');
  const other = { ...decision(proposed), seenHash: 'a'.repeat(64) };
  await refused(kit.db, approveTransferAccount, other, zhou, 'changed_since_seen');
  await refused(
    kit.db,
    withdrawTransferAccount,
    { ...decision(proposed), reason: 'x' },
    ming,
    'not_permitted',
  );

  const leaves = async () =>
    (await kit.db.selectFrom('log_draft').select('body').execute())
      .map(({ body }) => Buffer.from(body).toString())
      .filter((body) => body.includes('transfer_account_named'));
  const before = await leaves();
  await kit.act(approveTransferAccount, decision(proposed), zhou);
  expect(await numbers()).toEqual(['1111 2222 3333 4444', '0000 0000 0000 0300']);
  expect((await state()).printed[0]).toMatchObject({ maker: 'lin', checker: 'zhou', reason: '原账户销户' });
  expect((await leaves()).length - before.length).toBe(1);
  expect((await leaves()).at(-1)).toContain('"account":"1111222233334444"');
  expect((await eventsOf('transfer_account_named')).at(-1)).toMatchObject({ details: { ending: '4444' } });
  await refused(kit.db, approveTransferAccount, decision(proposed), zhou, 'illegal_state_change');
});

test('the card of a promise prints the account in force', async () => {
  const made = await kit.act(makePledge, pledgeInput({ campaign: CAMPAIGN, designation: null }), {
    kind: 'visitor',
  });
  const card = await pledgeCard(made.reference, ON, kit.world.reader);
  expect(card?.account).toEqual({
    holder: words('募捐主体专户'),
    number: '1111 2222 3333 4444',
    bank: words('示意银行中山分行'),
  });
});

test('a proposal is sent back or taken back with a reason, and the next one may be made', async () => {
  const { lin, zhou } = kit.staff;
  const first = await propose('7777 7777');
  await refused(kit.db, returnTransferAccount, { ...decision(first), reason: ' ' }, zhou, 'invalid_input');
  await kit.act(returnTransferAccount, { ...decision(first), reason: '电话核实不符' }, zhou);
  expect((await eventsOf('transfer_account_returned'))[0]?.details).toMatchObject({
    ending: '7777',
    reason: '电话核实不符',
  });
  const second = await propose('8888 8888');
  await kit.act(withdrawTransferAccount, { ...decision(second), reason: '填错' }, lin);
  expect((await state()).waiting).toBeNull();
  expect(await numbers()).toEqual(['1111 2222 3333 4444', '0000 0000 0000 0300']);
  await refused(kit.db, approveTransferAccount, decision(first), zhou, 'illegal_state_change');
  await refused(kit.db, approveTransferAccount, decision(second), zhou, 'illegal_state_change');
});

test('the checker sees whether statements of an account that ends alike are read', async () => {
  await kit.act(
    openBankAccount,
    { code: 'boc-9999', campaign: CAMPAIGN, name: words('中国银行'), number: '尾号 9999', main: true },
    kit.staff.lin,
  );
  const proposed = await propose('GB29 NWBK 6016 1331 9268 9999'.toLowerCase());
  expect((await state()).waiting).toMatchObject({
    accountNumber: 'GB29 NWBK 6016 1331 9268 9999',
    readAs: 'boc-9999',
  });
  await kit.act(withdrawTransferAccount, { ...decision(proposed), reason: '试填' }, kit.staff.lin);
});

test.each(['', '12', '中文 1234', 'x@example.org', `${'1'.repeat(50)}`, '1234;drop', 'call us', 'ABC 123'])(
  'a number like %j is refused at its field',
  (accountNumber) =>
    refused(kit.db, proposeTransferAccount, change(accountNumber), kit.staff.lin, 'invalid_input'),
);

test('of two people who propose at once one waits, of several who approve at once one has approved', async () => {
  const { lin, ming, zhou } = kit.staff;
  const proposals = await Promise.all([
    kit.decided(proposeTransferAccount, change('1010 1010'), lin),
    kit.decided(proposeTransferAccount, change('2020 2020'), ming),
  ]);
  expect(proposals.filter(({ ok }) => ok)).toHaveLength(1);
  expect(proposals.flatMap((one) => (one.ok ? [] : [one.refusal.name]))).toEqual(['account_change_waiting']);
  const { waiting } = await state();
  const input = { proposal: waiting?.id, seenHash: waiting?.hash, on: ON };
  const results = await Promise.all(
    [zhou, { ...kit.staff.he, roles: ['approver'] } satisfies Person].map((checker) =>
      kit.decided(approveTransferAccount, input, checker),
    ),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect((await numbers()).length).toBe(3);
});
