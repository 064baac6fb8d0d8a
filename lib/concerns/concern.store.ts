import type { Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import type { ConcernEvent, ConcernStatus } from './concern.rules';

type Trx = Transaction<Database>;

export const nextConcernCode = async (trx: Trx): Promise<string> => {
  const { no } = await trx
    .selectNoFrom((eb) => eb.fn<bigint>('nextval', [eb.val('concern_no')]).as('no'))
    .executeTakeFirstOrThrow();
  return `W-${no.toString().padStart(4, '0')}`;
};

export const lockConcern = async (trx: Trx, code: string) => {
  const row = await trx
    .selectFrom('concern')
    .select(['id', 'code', 'kind', 'status', 'about_role as aboutRole', 'campaign_id as campaignId'])
    .where('code', '=', code)
    .forUpdate()
    .executeTakeFirst();
  return row ? { ...row, status: row.status as ConcernStatus } : null;
};

export const insertStep = async (
  trx: Trx,
  concernId: string,
  step: {
    readonly event: ConcernEvent;
    readonly from: ConcernStatus;
    readonly to: ConcernStatus;
    readonly note: string | null;
    readonly by: string | null;
    readonly on: string;
  },
): Promise<void> => {
  await trx
    .insertInto('concern_step')
    .values({
      concern_id: concernId,
      event: step.event,
      from_status: step.from,
      to_status: step.to,
      note: step.note,
      by_person: step.by,
      happened_on: step.on,
    })
    .execute();
};
