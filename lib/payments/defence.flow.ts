import 'server-only';
import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { primary } from '../auth/primary';
import { runCommand } from '../command';
import { env } from '../env';
import { newId } from '../shared/id';
import { keyedHash } from '../shared/seal';
import { raiseCardAlarm } from './card-alarm.commands';
import { decideTry, declinesPerPage, formAge, isBroken, strangersMax, subnetOf } from './defence.rules';
import {
  countTries,
  declinedPages,
  endTry,
  insertTry,
  recentOutcomes,
  removeOldTries,
  spendToken,
  strangersOpen,
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
  /** Whether the page takes card numbers; a wallet's page cannot be used to try them out. */
  readonly card: boolean;
  /** The try whose page these very answers have opened before: it is found again, not opened a second time. */
  readonly page: string | null;
};

export type Admission =
  /** `key` is the form's own number: sending it again is the same act. */
  | {
      readonly do: 'pass';
      readonly key: string;
      /** To be told of the try before its page is asked for, or that a page was found again. */
      readonly opened: (checkoutId: string) => Promise<void>;
      readonly reopened: () => Promise<void>;
    }
  /** To be asked again in a moment, with a proved mailbox at once. The form stays good. */
  | { readonly do: 'vouch' }
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
  const facts = {
    card: asking.card,
    worked: asking.proof !== '' && isProved(asking.proof, form.key, now),
    known: asking.account !== null,
  };
  const tryId = newId();
  const keys = keysOf(asking);
  await insertTry(db, tryId, keys, facts);
  const decision = decideTry(await countTries(db, { tryId, keys, page: asking.page }), facts);
  const again = (): Promise<void> => endTry(db, tryId, { outcome: 'refused', why: 'form_used' });
  switch (decision.do) {
    case 'vouch':
      await endTry(db, tryId, { outcome: 'asked_to_prove', why: decision.why });
      return { do: 'vouch' };
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
        await again();
        return { do: 'pass', key: form.key, opened: nothing, reopened: nothing };
      }
      return {
        do: 'pass',
        key: form.key,
        opened: (checkoutId) => endTry(db, tryId, { checkoutId }),
        reopened: again,
      };
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
 * After a refused card was taken in: closes pages on which too many were tried, and tells staff when refused cards
 * outweigh gifts. At most one alarm in ten minutes.
 */
export const afterDecline = async ({ gateway, db = primary() }: Around): Promise<void> => {
  const { alarmed, ...recent } = await recentOutcomes(db);
  const broken = isBroken(recent);
  for (const page of await declinedPages(db))
    if (page.declined >= declinesPerPage(page, broken || alarmed))
      await gateway.expireCheckout(page.sessionId);
  if (!broken) return;
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

/** Pages that are closed in one sweep, at most. */
const CLOSED_AT_ONCE = 50;

/**
 * While strangers hold more than half of the card pages they may, those left for ten minutes are closed, so that pages
 * nobody answers do not keep others away. Answers how many.
 */
export const closeLeftPages = async ({ gateway, db = primary() }: Around): Promise<number> => {
  const [{ open, left }, { paid }] = [await strangersOpen(db, CLOSED_AT_ONCE), await recentOutcomes(db)];
  if (open * 2 <= strangersMax(paid)) return 0;
  for (const sessionId of left) await gateway.expireCheckout(sessionId);
  return left.length;
};

/** Removes what defending no longer needs. */
export const clearOldTries = (db: Kysely<Database>): Promise<void> => removeOldTries(db);
