import { sql, type Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { queueMail } from '@/lib/mail/outbox.store';
import { newId } from '@/lib/shared/id';

/** A letter of the outbox, as an act would leave it; answers its id. */
export const queueLetter = (db: Kysely<Database>, address: string): Promise<string> =>
  db.transaction().execute((trx) =>
    queueMail(
      { trx, now: new Date(), newId, enqueue: () => undefined },
      {
        to: { address },
        lang: 'zh-Hant',
        template: 'sign_in',
        data: {
          code: 'K7QM-3XTP',
          url: 'https://shanlu.example.org/zh-Hant/sign-in/confirm#ANY',
          device: 'Chrome · Android',
        },
      },
    ),
  );

/** Letters that are neither sent nor given up. */
export const waitingLetters = async (db: Kysely<Database>): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select id from outbox where sent_at is null and dropped_at is null`.execute(db);
  return rows.map(({ id }) => id);
};
