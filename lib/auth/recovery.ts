import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { runCommand } from '../command';
import { ok, refuse, type Result } from '../shared/result';
import { SIGN_IN } from './adapter';
import { readCode, RECOVERY_CODE_LENGTH } from './code.rules';
import { BUDGETS, takeFromBudget } from './rate-limit';
import { passRecoveryCode, renewRecoveryCodes, tryRecoveryCode } from './recovery.commands';
import {
  confirmSecondFactor,
  passSecondFactor,
  proveSecondFactor,
  type FactorVerdict,
} from './second-factor.commands';
import { newRecoveryCodes, newSecret, recoveryCodeHash } from './secrets';
import { newSalt, withSlowHash, type SlowHash } from './slow-hash';

/**
 * The acts around recovery codes, each in its transactions with the slow hashing between them: a hash takes half a
 * second, and no connection or lock of the database waits for one.
 */

type Who = { readonly personId: string; readonly sessionId: string };
type Typed = Who & {
  /** As it was typed. */
  readonly typed: string;
  /** Of the token the session has afterwards. */
  readonly nextTokenHash: string;
};

const BUSY = refuse('busy_try_again');

/** Makes a set of codes: what is shown once, and what is kept. */
const newSet = async (personId: string, hash: SlowHash) => {
  const codes = newRecoveryCodes();
  const salt = newSalt();
  const hashes = await Promise.all(codes.map((code) => hash(recoveryCodeHash(personId, code), salt)));
  return {
    codes,
    kept: { salt: salt.toString('hex'), recoveryHashes: hashes.map((one) => one.toString('hex')) },
  };
};

/** The second factor: a number of the app, or a recovery code. The same key gives the same answer. */
export const giveFactor = async (
  given: Typed,
  { db, key = newSecret() }: { readonly db?: Kysely<Database>; readonly key?: string } = {},
): Promise<Result<{ readonly verdict: FactorVerdict }>> => {
  const { personId, sessionId, nextTokenHash } = given;
  const code = readCode(given.typed, RECOVERY_CODE_LENGTH);
  if (code === null) return runCommand(passSecondFactor, given, SIGN_IN, { key, db });
  const answer = await withSlowHash(1, async (hash) => {
    const tried = await runCommand(tryRecoveryCode, { personId, sessionId }, SIGN_IN, { key, db });
    if (!tried.ok) return tried;
    if (tried.value.ended) return ok({ verdict: 'session_ended' as FactorVerdict });
    const keyed = recoveryCodeHash(personId, code);
    const candidates: { hash: string; salt: string | null }[] = [{ hash: keyed.toString('hex'), salt: null }];
    for (const salt of tried.value.salts)
      candidates.push({ hash: (await hash(keyed, Buffer.from(salt, 'hex'))).toString('hex'), salt });
    return runCommand(passRecoveryCode, { personId, sessionId, candidates, nextTokenHash }, SIGN_IN, {
      key,
      db,
    });
  });
  return answer ?? BUSY;
};

/** The first code of a new authenticator app; when it is right, its recovery codes, to be shown once. */
export const setUpFactor = async (
  given: Typed,
  db?: Kysely<Database>,
): Promise<Result<{ readonly verdict: FactorVerdict; readonly codes: readonly string[] }>> => {
  const { personId, sessionId, typed, nextTokenHash } = given;
  const answer = await withSlowHash(10, async (hash) => {
    const proved = await runCommand(proveSecondFactor, { personId, sessionId, typed }, SIGN_IN, {
      key: newSecret(),
      db,
    });
    if (!proved.ok) return proved;
    const { verdict, step } = proved.value;
    if (step === null) return ok({ verdict, codes: [] });
    const { codes, kept } = await newSet(personId, hash);
    const confirmed = await runCommand(
      confirmSecondFactor,
      { personId, sessionId, typed, step, ...kept, nextTokenHash },
      SIGN_IN,
      { key: newSecret(), db },
    );
    return confirmed.ok ? ok({ verdict, codes }) : confirmed;
  });
  return answer ?? BUSY;
};

/** New recovery codes in place of all there were, to be shown once. */
export const renewCodesOf = async (
  { personId, sessionId }: Who,
  db?: Kysely<Database>,
): Promise<Result<{ readonly codes: readonly string[] }>> => {
  const taken = await takeFromBudget(
    'recovery_codes_per_person',
    personId,
    BUDGETS.recovery_codes_per_person,
    db,
  );
  if (!taken.ok) return refuse('too_many_requests');
  const answer = await withSlowHash(10, async (hash) => {
    const { codes, kept } = await newSet(personId, hash);
    const renewed = await runCommand(renewRecoveryCodes, { personId, sessionId, ...kept }, SIGN_IN, {
      key: newSecret(),
      db,
    });
    return renewed.ok ? ok({ codes }) : renewed;
  });
  return answer ?? BUSY;
};
