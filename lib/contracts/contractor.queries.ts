import type { Reader } from '@/db/connect';
import { staffDb } from '../staff-db';
import { tiesOf, type Party } from './ties.rules';

/** The register of contractors with what each is tied to: the same telephone or account as another bidder or one of us. */
export const contractorRegister = async (db: Reader = staffDb()) => {
  const contractors = await db
    .selectFrom('contractor')
    .select([
      'code',
      'name',
      'registration_no as registrationNo',
      'phone',
      'bank_account as bankAccount',
      'conflict_of_interest as conflict',
    ])
    .orderBy('code')
    .execute();
  const staff = await db
    .selectFrom('staff_declaration as d')
    .innerJoin('person as p', 'p.id', 'd.person_id')
    .select(['p.name', 'd.phone', 'd.bank_account as bankAccount'])
    .execute();
  const parties: Party[] = [
    ...contractors.map(({ code, phone, bankAccount }) => ({
      kind: 'contractor' as const,
      code,
      phone,
      bankAccount,
    })),
    ...staff.map(({ name, phone, bankAccount }) => ({
      kind: 'staff' as const,
      code: name,
      phone,
      bankAccount,
    })),
  ];
  const ties = tiesOf(parties);
  return contractors.map((one) => ({ ...one, ties: ties.get(one.code) ?? [] }));
};

/** Approved payments the bank has yet to make, with the account each goes to: the list handed to the bank. */
export const transferList = (db: Reader = staffDb()) =>
  db
    .selectFrom('disbursement as d')
    .innerJoin('contractor as b', 'b.id', 'd.contractor_id')
    .innerJoin('contract as k', 'k.id', 'd.contract_id')
    .innerJoin('segment as s', 's.id', 'k.segment_id')
    .innerJoin('campaign as c', 'c.id', 's.campaign_id')
    .select([
      'd.code',
      'b.name',
      'b.bank_account as bankAccount',
      'd.amount_minor as amountMinor',
      'c.book_currency as currency',
      's.code as segment',
      'k.code as contract',
    ])
    .where('d.status', '=', 'approved')
    .orderBy('d.code')
    .execute();
