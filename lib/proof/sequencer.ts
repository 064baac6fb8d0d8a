import 'server-only';
import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { runCommand } from '../command';
import { newId } from '../shared/id';
import { compareWithOthers, type Comparison } from './comparison';
import { appendLeaves } from './log.commands';
import { nextDrafts, openHalt, type Mark } from './log.store';
import { incarnationOf, ownHead, usableKeys, watchOf } from './own-head';
import type { Witness } from './witness.gateway';
import { configuredWitness } from './witness-setting';

const SEQUENCER = { kind: 'system', name: 'sequencer' } as const;

/** How often drafts are looked for, how often the tree is compared although nothing moved, and a failed witness asked again. */
const TICK_MS = 1_000;
const WATCH_MS = 60_000;
const WITNESS_PAUSE_MS = 10_000;

export type SequencerOptions = {
  readonly db: Kysely<Database>;
  /** Null: none. Left out: the one of the settings. */
  readonly witness?: Witness | null | undefined;
  /** Told of trouble in one sentence: the witness cannot be asked, the key is missing, the log is halted. */
  readonly onTrouble?: ((sentence: string) => void) | undefined;
};

/** One round: compare, append what is waiting, sign, have it cosigned. Answers how many leaves were appended. */
export type Round = () => Promise<number>;

/**
 * The one appender of the public log. It may run in several processes: a lock in the database lets one append at a
 * time. Before its first signature after any start of the database it compares the stored tree with the head it
 * remembers and the head the witness holds; a tree that has shrunk or changed halts signing and giving.
 */
export const newSequencer = (options: SequencerOptions): Round => {
  const { db, witness = configuredWitness(), onTrouble = () => undefined } = options;
  const comparison: Comparison = { db, witness, onTrouble };
  let mark: Mark = { through: null, after: 0n };
  let comparedOn: string | null = null;
  let [comparedAt, askedAt] = [-Infinity, -Infinity];

  const compare = async (keys: Parameters<typeof ownHead>[1]): Promise<boolean> => {
    const incarnation = await incarnationOf(db);
    askedAt = performance.now();
    const whole = await compareWithOthers(
      comparison,
      await ownHead(db, keys),
      incarnation,
      incarnation !== comparedOn,
    );
    if (whole) [comparedOn, comparedAt] = [incarnation, performance.now()];
    return whole;
  };

  return async () => {
    const keys = await usableKeys(db);
    if (!keys) {
      onTrouble(
        'The log cannot be signed: its key is missing (LOG_SIGNING_KEY, or log/key in the data folder).',
      );
      return 0;
    }
    if (await db.transaction().execute(openHalt)) return 0;
    const { incarnation, comparedLately } = await watchOf(db, 2 * (WATCH_MS / 1_000));
    // Also when the database's clock has jumped past the last time: money would wait for the next one.
    const isDue = incarnation !== comparedOn || performance.now() - comparedAt > WATCH_MS || !comparedLately;
    if (isDue && !(await compare(keys))) return 0;

    let [appended, hasSigned] = [0, false];
    for (;;) {
      const waiting = await db.transaction().execute((trx) => nextDrafts(trx, mark, 1));
      if (waiting.drafts.length === 0) {
        if (mark.after > 0n) {
          mark = { ...mark, after: 0n }; // once more from the start: smaller numbers may have committed meanwhile
          continue;
        }
        mark = { through: waiting.horizon, after: 0n };
        const own = await ownHead(db, keys);
        if (own.signed && (await keysAreNoted(db, own.signers))) break;
      }
      const done = await runCommand(appendLeaves, mark, SEQUENCER, { key: newId(), db });
      if (!done.ok) break;
      mark = done.value.next;
      appended += done.value.appended;
      hasSigned = true;
    }
    const { signed } = await ownHead(db, keys);
    const unwitnessed = witness && signed && !signed.cosigned.includes(witness.key.name);
    if (unwitnessed && (hasSigned || performance.now() - askedAt > WITNESS_PAUSE_MS)) await compare(keys);
    return appended;
  };
};

const keysAreNoted = async (db: Kysely<Database>, keys: readonly { vkey: string }[]): Promise<boolean> => {
  const vkeys = keys.map((key) => key.vkey);
  const known = await db.selectFrom('log_key').select('vkey').where('vkey', 'in', vkeys).execute();
  return known.length === vkeys.length;
};

/** Runs rounds until it is stopped; trouble in one round does not end the next. */
export const startSequencer = (options: SequencerOptions): { readonly stop: () => Promise<void> } => {
  const round = newSequencer(options);
  let stopped = false;
  const loop = (async () => {
    while (!stopped) {
      await round().catch((error: unknown) => {
        options.onTrouble?.(
          `The log was not appended to: ${error instanceof Error ? error.message : String(error)}`,
        );
      });
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await loop;
    },
  };
};
