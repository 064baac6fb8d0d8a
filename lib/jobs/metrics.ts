import 'server-only';
import type { Kysely } from 'kysely';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Database } from '@/db/tables';
import { scannerAnswers, uploadsRefused } from '../files/intake';
import { logStatus } from '../proof/log.queries';
import { latestProofs } from '../proofs/latest.queries';
import { refusalMetrics } from '../server/refusal-log';
import { queueHealth } from './queue';

// Node's own figures (memory, processor, event loop, collector) belong to the process and are counted all the time.
const held = globalThis as { shanluProcess?: Registry };
const processMetrics = (): Registry => {
  if (held.shanluProcess === undefined) {
    held.shanluProcess = new Registry();
    collectDefaultMetrics({ register: held.shanluProcess });
  }
  return held.shanluProcess;
};

/**
 * What a monitoring system should watch, in the text format of Prometheus (exposition format 0.0.4): this process, what
 * it refused, the queue, the public log and the proofs of state. No figure names a person or tells of money. Throws when the database
 * cannot be asked: a scrape that fails is an alarm of its own.
 */
export const metricsText = async (db: Kysely<Database>): Promise<string> => {
  const [queue, log, proofs, scanner] = await Promise.all([
    queueHealth(db),
    logStatus(db),
    latestProofs(db),
    scannerAnswers(),
  ]);
  const now = new Registry();
  const gauge = (name: string, help: string, value: number): void =>
    new Gauge({ name: `shanlu_${name}`, help, registers: [now] }).set(value);

  gauge('jobs_lag_seconds', 'How long the oldest due job has been waiting.', queue.lagSeconds);
  gauge('jobs_failed', 'Jobs that were given up and wait for a person.', queue.failed);
  gauge(
    'worker_beat_age_seconds',
    'Since the youngest worker was last heard of; NaN when there is none.',
    queue.beatAgeSeconds ?? Number.NaN,
  );
  gauge('log_leaves', 'Leaves of the public log under its newest signed head.', Number(log.head?.size ?? 0n));
  gauge('log_waiting', 'Acts that are committed and not in the public log yet.', log.waiting);
  gauge('log_waiting_seconds', 'How long the oldest of them has been waiting.', Number(log.waitingMs) / 1000);
  gauge('log_halted', '1 while the log refuses to sign, otherwise 0.', log.halt === null ? 0 : 1);

  gauge(
    'scanner_answers',
    '1 when the virus scanner answers, 0 when it does not and files are refused; NaN where none is set.',
    scanner === null ? Number.NaN : Number(scanner),
  );
  const refused = new Counter({
    name: 'shanlu_uploads_refused_total',
    help: 'Files this process refused: the scanner found a virus in them, or gave no clear answer.',
    labelNames: ['reason'],
    registers: [now],
  });
  for (const [reason, count] of Object.entries(uploadsRefused())) refused.inc({ reason }, count);

  const offenders = new Gauge({
    name: 'shanlu_proof_offenders',
    help: 'Rows that break a proof of state when it was last made; anything but 0 needs a person.',
    labelNames: ['proof'],
    registers: [now],
  });
  for (const { name, offenders: rows } of proofs) offenders.set({ proof: name }, Number(rows));
  const oldest = proofs.reduce(
    (first, { checkedAt }) => Math.min(first, checkedAt.getTime()),
    Number.POSITIVE_INFINITY,
  );
  gauge('proofs_age_seconds', 'Since the proof that was made longest ago.', (Date.now() - oldest) / 1000);

  const parts = [now.metrics(), refusalMetrics(), processMetrics().metrics()];
  return (await Promise.all(parts)).join('\n');
};
