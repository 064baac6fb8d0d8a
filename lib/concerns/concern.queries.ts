import type { Reader } from '@/db/connect';
import type { Role } from '../auth/roles.rules';
import { staffDb } from '../staff-db';
import { isConcerned } from './concern.rules';

/** The reports this person may read: none that may be about themselves. Those that wait first, each kind the newest first. */
export const concernsFor = async (roles: readonly Role[], db: Reader = staffDb()) =>
  (
    await db
      .selectFrom('concern as x')
      .leftJoin('segment as s', 's.id', 'x.segment_id')
      .innerJoin('campaign as c', 'c.id', 'x.campaign_id')
      .select([
        'x.code',
        'x.kind',
        'x.status',
        'x.finding',
        'x.told',
        'x.contact',
        'x.about_role as aboutRole',
        'x.picture_sha256 as pictureSha256',
        'x.received_on as receivedOn',
        's.code as segment',
        'c.slug as campaign',
      ])
      // What waits must not fall out of sight behind what is done.
      .orderBy((eb) => eb('x.status', 'in', ['settled', 'declined']))
      .orderBy('x.created_at', 'desc')
      .limit(200)
      .execute()
  ).filter((concern) => !isConcerned(concern.aboutRole, roles));
