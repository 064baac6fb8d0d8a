import type { Reader } from '@/db/connect';
import { reader } from '@/db/reader';
import { env } from '../env';
import { SEAL_DOMAIN } from './seal.rules';

const readers = (): Reader => reader(env.readDatabaseUrl, env.DATABASE_POOL_MAX);

/**
 * The private part of a receipt: what opens the commitments in the leaf of a gift, as the text of a JSON file that
 * belongs beside its .tlog-proof (docs/log.md). For the giver alone; the caller has asked who is reading. Null when
 * there is nothing to open or it was forgotten.
 */
export const privatePart = async (gift: string, db: Reader = readers()): Promise<string | null> => {
  const seals = await db
    .selectFrom('gift_seal as s')
    .innerJoin('donation as d', 'd.id', 's.donation_id')
    .select(['s.field', 's.value', 's.salt'])
    .where('d.code', '=', gift)
    .where('s.value', 'is not', null)
    .orderBy('s.field')
    .execute();
  if (seals.length === 0) return null;
  const openings = seals.map(({ field, value, salt }) => ({
    domain: SEAL_DOMAIN,
    field,
    value,
    salt: salt.toString('base64'),
  }));
  return `${JSON.stringify({ format: 'shanlu-openings@v1', gift, openings }, null, 1)}\n`;
};
