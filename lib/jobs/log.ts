import { pino } from 'pino';
import type { WorkerLog } from './worker';

/** One line of JSON per event on standard output. Addresses and codes are never put in; these paths are a net below. */
export const workerLog = (): WorkerLog => {
  const logger = pino({
    base: { part: 'worker' },
    redact: ['*.email', '*.address', '*.code', '*.token', 'email', 'address', 'code', 'token'],
  });
  return (level, message, details) => logger[level](details ?? {}, message);
};
