import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';

export type TaskContext = {
  readonly db: Kysely<Database>;
  readonly payload: unknown;
  /** Fires when the worker must stop within seconds: give up, the queue will call again. */
  readonly signal: AbortSignal;
};

/**
 * A kind of job. It may be run twice for one request (a worker can die at any moment), so it must come to the same
 * end when repeated.
 */
export type JobTask = {
  /** As named by `ctx.enqueue({ task })`. */
  readonly name: string;
  /** For upkeep that nobody asks for: run about this often, once for all workers together. */
  readonly everySeconds?: number | undefined;
  readonly run: (context: TaskContext) => Promise<void>;
};

/** Something that runs for as long as the worker does, beside the queue. */
export type Service = {
  readonly name: string;
  readonly start: (around: {
    readonly db: Kysely<Database>;
    /** One sentence for the log about something a person should look at. */
    readonly onTrouble: (sentence: string) => void;
  }) => { readonly stop: () => Promise<void> };
};
