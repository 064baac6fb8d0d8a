import 'server-only';
import { pino, type Logger } from 'pino';
import { env } from '../env';
import { askedNow } from '../server/asked';
import { REFUSAL_KINDS } from '../server/refusal-kinds.rules';
import { mayWrite } from '../server/refusal-log';
import type { Actor, Permission, PermissionAnswer } from './roles.rules';

const held = globalThis as { shanluRefusedRights?: Logger };
const log = (): Logger =>
  (held.shanluRefusedRights ??= pino({ base: { part: 'rights' }, enabled: env.NODE_ENV !== 'test' }));

/**
 * One line of JSON for each act or page that somebody asked for without the right to it (ASVS 5.0.0, 16.3.2). A refusal
 * writes no row, so the server's log is where it is seen. Staff are named by the number of their account, others by what
 * they are; nothing they sent is in the line.
 *
 * @param where the act, or `page`
 */
export const noteRefusedRight = (
  actor: Actor,
  permission: Permission,
  where: string,
  why: Exclude<PermissionAnswer, 'allowed'>,
): void => {
  const asked = askedNow();
  if (asked) asked.noted = true;
  if (!mayWrite(why, where)) return;
  const who = actor.kind === 'person' ? { staff: actor.personId } : { who: actor.kind };
  log()[REFUSAL_KINDS[why].level](
    { ...who, permission, where, why, request: asked?.id ?? null },
    'right refused',
  );
};
