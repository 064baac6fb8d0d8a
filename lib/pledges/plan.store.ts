import type { Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import type { Instalment } from './pledge.rules';

type Trx = Transaction<Database>;

/** The plan in force. The caller holds the pledge's lock. */
export const planOf = async (
  trx: Trx,
  pledgeId: string,
): Promise<{ readonly version: number; readonly parts: readonly Instalment[] }> => {
  const { version } = await trx
    .selectFrom('pledge')
    .select('version')
    .where('id', '=', pledgeId)
    .executeTakeFirstOrThrow();
  const parts = await trx
    .selectFrom('instalment')
    .select(['due_on as dueOn', 'amount_minor as amountMinor'])
    .where('pledge_id', '=', pledgeId)
    .where('pledge_version', '=', version)
    .orderBy('no')
    .execute();
  return { version, parts };
};

/** Puts a new plan in the place of the old one, whose rows stay as history. */
export const writePlan = async (
  trx: Trx,
  change: {
    readonly pledgeId: string;
    readonly version: number;
    readonly kind: 'replanned' | 'raised';
    readonly beforeMinor: bigint;
    readonly afterMinor: bigint;
    readonly parts: readonly Instalment[];
    readonly byPerson: string | null;
    readonly on: string;
  },
): Promise<void> => {
  const { pledgeId, version } = change;
  await trx
    .updateTable('pledge')
    .set({ version, amount_minor: change.afterMinor })
    .where('id', '=', pledgeId)
    .execute();
  await trx
    .insertInto('instalment')
    .values(
      change.parts.map((part, index) => ({
        pledge_id: pledgeId,
        pledge_version: version,
        no: index + 1,
        due_on: part.dueOn,
        amount_minor: part.amountMinor,
      })),
    )
    .execute();
  await trx
    .insertInto('pledge_change')
    .values({
      pledge_id: pledgeId,
      version,
      kind: change.kind,
      before_minor: change.beforeMinor,
      after_minor: change.afterMinor,
      by_person: change.byPerson,
      happened_on: change.on,
    })
    .execute();
};

/** Whether a signed-in donor made this promise: by their account, or by the address they have proved. */
export const isPledgeOf = async (trx: Trx, donorId: string, personId: string): Promise<boolean> =>
  (await trx
    .selectFrom('donor as d')
    .innerJoin('person as p', (join) =>
      join.on((eb) => eb.or([eb('p.id', '=', eb.ref('d.person_id')), eb('p.email', '=', eb.ref('d.email'))])),
    )
    .select('d.id')
    .where('d.id', '=', donorId)
    .where('p.id', '=', personId)
    .where('d.erased_at', 'is', null)
    .executeTakeFirst()) !== undefined;
