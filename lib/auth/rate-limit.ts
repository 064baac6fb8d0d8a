import { sql, type Kysely } from 'kysely';
import { CLOCK_SLACK } from '@/db/clock-slack';
import type { Database } from '@/db/tables';
import { env } from '../env';
import { askedNow } from '../server/asked';
import { noteRefusal } from '../server/refusal-log';
import { keyedHash } from '../shared/seal';
import { primary } from './primary';

/** So many at once (`burst`), and one more every so many seconds. */
export type Budget = { readonly burst: number; readonly everySeconds: number };

/**
 * Budgets of signing in. They slow a guesser down and never shut a person out: the mails of one address come at
 * most every minute and a half, whoever asks for them, and each link lives ten minutes and works in any browser, so the
 * owner of the mailbox always holds one that works. Tries of a code count against the browser that asked for it, and
 * wrong second factors against the session: neither can be used up for somebody else.
 */
export const BUDGETS = {
  sign_in_mail_per_address: { burst: 5, everySeconds: 90 },
  sign_in_mail_per_network: { burst: 100, everySeconds: 3 },
  sign_in_try_per_network: { burst: 100, everySeconds: 3 },
  // Each set costs seconds of a core, and nobody needs a new one more often.
  recovery_codes_per_person: { burst: 5, everySeconds: 300 },
  // Public data: a script may read all of it; a flood of one network leaves the others served.
  open_api_per_network: { burst: 600, everySeconds: 0.1 },
  // Reports of a defect or an irregularity: a village behind one address still gets through.
  concern_per_network: { burst: 10, everySeconds: 300 },
  open_export_per_network: { burst: 30, everySeconds: 10 },
} as const satisfies Readonly<Record<string, Budget>>;

export type Taken =
  | { readonly ok: true; readonly left: number; readonly fullInSeconds: number }
  | { readonly ok: false; readonly retryAfterSeconds: number };

/**
 * Takes one from a budget, atomically, for all processes together (generic cell rate algorithm: one row, one time
 * stamp, the database's clock). The subject is kept only as a keyed hash.
 *
 * @param name which budget; also keeps equal subjects of different budgets apart
 * @param subject whom it limits: an address, a network, a person
 */
export const takeFromBudget = async (
  name: string,
  subject: string,
  { burst, everySeconds }: Budget,
  db: Kysely<Database> = primary(),
): Promise<Taken> => {
  const key = keyedHash(env.AUTH_SECRET, 'rate-limit', `${name}:${subject}`);
  const every = sql`make_interval(secs => ${everySeconds})`;
  const whole = sql`make_interval(secs => ${burst * everySeconds})`;
  // Longer than whole is no budget: it was used while the database's clock was ahead, and nobody is shut out for that.
  const from = sql`case when rate_limit.full_until > now() + ${whole} + ${CLOCK_SLACK} then now()
    else greatest(rate_limit.full_until, now()) end`;
  const { rows: taken } = await sql<{ used: number }>`
    insert into rate_limit (key, full_until) values (${key}, now() + ${every})
    on conflict (key) do update set full_until = ${from} + ${every}
      where ${from} + ${every} <= now() + ${whole}
    returning extract(epoch from full_until - now())::float8 as used`.execute(db);
  if (taken[0]) {
    const { used } = taken[0];
    return {
      ok: true,
      left: Math.max(0, burst - Math.ceil(used / everySeconds)),
      fullInSeconds: Math.ceil(used),
    };
  }
  const { rows } = await sql<{ wait: number }>`
    select ceil(extract(epoch from full_until + ${every} - now() - ${whole}))::int as wait
    from rate_limit where key = ${key}`.execute(db);
  // A page that is kept asks the same budget before and in its route.
  if (askedNow()?.noted !== true) noteRefusal({ code: 'too_many_requests', door: name });
  return { ok: false, retryAfterSeconds: Math.max(1, rows[0]?.wait ?? everySeconds) };
};
