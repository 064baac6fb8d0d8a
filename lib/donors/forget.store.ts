import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import { endPasskeys } from '../auth/passkey.store';

type Trx = Transaction<Database>;

export const isStaff = async (trx: Trx, personId: string): Promise<boolean> =>
  (await trx.selectFrom('person_role').select('id').where('person_id', '=', personId).executeTakeFirst()) !==
  undefined;

/** Names and salts of everything these givers let be shown: nothing can open the log's commitments any more. */
export const eraseRecognitions = async (trx: Trx, donors: readonly string[], at: Date): Promise<void> => {
  await trx
    .updateTable('recognition')
    .set((eb) => ({
      shown_as: null,
      dedication: null,
      message: null,
      salt: Buffer.alloc(0),
      withdrawn_at: eb.fn.coalesce('withdrawn_at', eb.val(at)),
    }))
    .where('donor_id', 'in', [...donors])
    .execute();
};

/** Names of others for whom these givers promised or gave (分摊署名). */
export const eraseSoftCredits = async (trx: Trx, donors: readonly string[]): Promise<void> => {
  await sql`update soft_credit c set name = null where c.name is not null and (
    c.donation_id in (select id from donation where donor_id = any(${[...donors]}::uuid[]))
    or c.pledge_id in (select id from pledge where donor_id = any(${[...donors]}::uuid[])))`.execute(trx);
};

/** What the bank wrote about whoever paid for these givers' gifts; day, amount and the bank's number stay. */
export const emptyBankLines = async (trx: Trx, donors: readonly string[]): Promise<void> => {
  await sql`update bank_line set counterparty = null, counterparty_account = null, reference = null, memo = ''
    where match_id in (select p.match_id from bank_match_part p join donation d on d.id = p.donation_id
                       where d.donor_id = any(${[...donors]}::uuid[]))`.execute(trx);
};

/** The givers themselves. The rows stay: gifts and promises name them, and they now say nothing of anybody. */
export const eraseDonors = async (trx: Trx, donors: readonly string[], at: Date): Promise<void> => {
  await trx
    .updateTable('donor')
    .set({
      name: null,
      email: null,
      phone: null,
      country: null,
      contact: null,
      person_id: null,
      erased_at: at,
    })
    .where('id', 'in', [...donors])
    .execute();
  await trx
    .deleteFrom('donor_name_key')
    .where('donor_id', 'in', [...donors])
    .execute();
  await sql`update donor_request r set reason = null from donation g
    where g.id = r.donation_id and g.donor_id = any(${[...donors]}::uuid[]) and r.reason is not null`.execute(
    trx,
  );
};

/** Mail that was still to go out to them, with what it would have said. */
export const dropTheirMail = async (trx: Trx, donors: readonly string[], personId: string): Promise<void> => {
  await sql`update outbox set dropped_at = now(), dropped_because = 'erased', sealed = null, leased_until = null
    where (donor_id = any(${[...donors]}::uuid[]) or person_id = ${personId}::uuid)
      and sent_at is null and dropped_at is null`.execute(trx);
};

/** The account: nothing signs in with it and nothing says whose it was. Acts of theirs keep a number to point at. */
export const eraseAccount = async (trx: Trx, personId: string, at: Date): Promise<void> => {
  await sql`delete from sign_in_request where email = (select email from person where id = ${personId})`.execute(
    trx,
  );
  await trx.deleteFrom('sign_in_session').where('person_id', '=', personId).execute();
  // Of a time when they worked here; public keys sign nobody in any more.
  await endPasskeys(trx, personId, 'all', 'forgotten', at);
  await trx
    .updateTable('person')
    .set({ email: `forgotten-${personId}@shanlu.invalid`, name: '—', disabled_at: at })
    .where('id', '=', personId)
    .execute();
};
