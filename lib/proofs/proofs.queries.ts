import { sql, type Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import type { Reader } from '@/db/connect';
import type { Invariant, ProofName } from './invariant';
import { BANK_INVARIANTS } from './bank.invariants';
import { LEDGER_INVARIANTS } from './ledger.invariants';
import { RECORD_INVARIANTS } from './record.invariants';

export const INVARIANTS: readonly Invariant[] = [
  ...LEDGER_INVARIANTS,
  ...RECORD_INVARIANTS,
  ...BANK_INVARIANTS,
];

export type ProofOutcome = {
  readonly name: ProofName;
  readonly offenders: bigint;
  readonly tookMs: number;
};

/** Re-proves every invariant on live data. Read-only; the number of offending rows of each, zero when it holds. */
export const prove = async (db: Reader): Promise<ProofOutcome[]> => {
  const outcomes: ProofOutcome[] = [];
  for (const { name, sql: query } of INVARIANTS) {
    const began = performance.now();
    const { rows } = await sql.raw<Record<string, bigint>>(query).execute(db as Kysely<Database>);
    const offenders = Object.values(rows[0] ?? {})[0];
    if (offenders === undefined) throw new Error(`proof ${name} gave no number`);
    outcomes.push({
      name,
      offenders: BigInt(offenders),
      tookMs: Math.round(performance.now() - began),
    });
  }
  return outcomes;
};
