import 'server-only';
import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { primary } from '../auth/primary';
import { runCommand } from '../command';
import { env } from '../env';
import { newId } from '../shared/id';
import { keyedHash } from '../shared/seal';
import { raiseCardAlarm } from './card-alarm.commands';
import { decideTry, DECLINES_PER_PAGE, formAge, isBroken, subnetOf } from './defence.rules';
import {
  countTries,
  declinesOfEvent,
  endTry,
  insertTry,
  recentOutcomes,
  removeOldTries,
  spendToken,
  type TryKeys,
} from './defence.store';
import { isProved, makeChallenge, readFormToken } from './form-token';
import type { Around } from './stripe-event.flow';

export type Asking = {
  readonly token: string;
  /** `challenge:number`, when this browser was asked to work. */
  readonly proof: string;
  readonly network: string;
  readonly device: string;
  readonly email: string | null;
  /** The address of the signed-in account, which its owner has proved; it counts instead of the one typed. */
  readonly account: string | null;
};

export type Admission =
  /** `key` is the form's own number: sending it again is the same act. */
  | { readonly do: 'pass'; readonly key: string; readonly opened: (checkoutId: string) => Promise<void> }
  | { readonly do: 'prove'; readonly challenge: string; readonly bits: number }
  /** The page is to be shown again with a new form: it was too quick, too old, or not ours. */
  | { readonly do: 'again' }
  | { readonly do: 'refuse' };

const nothing = (): Promise<void> => Promise.resolve();

/**
 * Lets one try to pay through to the provider, or says what it needs first. In this order: a form of ours that was
 * looked at for a moment, then what its sources have done within the hour, then everybody together.
 */
export const admitTry = async (
  asking: Asking,
  {
    db = primary(),
    now = Date.now(),
    easier = 0,
  }: { readonly db?: Kysely<Database>; readonly now?: number; readonly easier?: number } = {},
): Promise<Admission> => {
  const form = readFormToken(asking.token);
  if (!form || formAge(form.issuedMs, now) !== 'ok') return { do: 'again' };
  const key = Buffer.from(form.key);
  const proved = asking.proof !== '' && isProved(asking.proof, form.key, now);
  const tryId = newId();
  const keys = keysOf(asking);
  await insertTry(db, tryId, keys, proved);
  const decision = decideTry(
    await countTries(db, keys),
    proved ? 'work' : asking.account === null ? 'nothing' : 'account',
  );
  switch (decision.do) {
    case 'refuse':
      await endTry(db, tryId, { outcome: 'refused', why: decision.why });
      return { do: 'refuse' };
    case 'prove': {
      await endTry(db, tryId, { outcome: 'asked_to_prove', why: decision.why });
      const bits = Math.max(1, decision.bits - easier);
      return { do: 'prove', challenge: makeChallenge(form.key, bits, now), bits };
    }
    case 'pass':
      // The second press of a double click finds its answer by the same key; it is no try of its own.
      if (!(await spendToken(db, key))) {
        await endTry(db, tryId, { outcome: 'refused', why: 'form_used' });
        return { do: 'pass', key: form.key, opened: nothing };
      }
      return { do: 'pass', key: form.key, opened: (checkoutId) => endTry(db, tryId, { checkoutId }) };
  }
};

const keysOf = ({ network, device, email: typed, account }: Asking): TryKeys => {
  const hash = (kind: string, value: string): Buffer =>
    keyedHash(env.AUTH_SECRET, 'give-form', `${kind}:${value}`);
  const email = account ?? typed;
  return {
    network: hash('network', network),
    subnet: hash('subnet', subnetOf(network)),
    device: hash('device', device),
    email: email === null ? null : hash('email', email.trim().toLowerCase()),
  };
};

/**
 * After a refused card was taken in: closes a page on which many were tried, and tells staff when refused cards
 * outweigh gifts. At most one alarm in ten minutes.
 */
export const afterDecline = async (eventId: string, { gateway, db = primary() }: Around): Promise<void> => {
  const page = await declinesOfEvent(db, eventId);
  if (page && page.sessionId !== null && page.state === 'open' && page.declined >= DECLINES_PER_PAGE)
    await gateway.expireCheckout(page.sessionId);
  const recent = await recentOutcomes(db);
  if (!isBroken(recent)) return;
  await runCommand(
    raiseCardAlarm,
    recent,
    { kind: 'system', name: 'stripe' },
    {
      key: `card-alarm:${Math.floor(Date.now() / 600_000)}`,
      db,
    },
  );
};

/** Removes what defending no longer needs. */
export const clearOldTries = (db: Kysely<Database>): Promise<void> => removeOldTries(db);
