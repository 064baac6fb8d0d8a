import { expect, vi } from 'vitest';
import { sql } from 'kysely';
import { connect } from '@/db/connect';
import type { World } from './people';

/** Lets route handlers called as functions work on this world; answers how to end it. */
export const useWorld = (world: Pick<World, 'db' | 'reader' | 'database'>): (() => Promise<void>) => {
  const publicly = connect(world.database.publicUrl, { max: 4 });
  Object.assign(globalThis, { shanluWriter: world.db, shanluReader: world.reader, shanluPublic: publicly });
  return () => publicly.destroy();
};

const TABLES = ['command_key', 'audit_event', 'stripe_event', 'upload', 'upload_piece', 'log_draft'] as const;

/** How many rows stand in the tables that an accepted request of any kind would write to. */
export const written = async (world: Pick<World, 'owner'>): Promise<string> => {
  const { rows } = await sql<{ n: string }>`
    select ${sql.raw(TABLES.map((table) => `(select count(*) from ${table})`).join(" || ' ' || "))} as n`.execute(
    world.owner,
  );
  return rows[0]?.n ?? '';
};

/** Everything that is printed while the work runs, and its answer. */
export const listening = async <T>(work: () => Promise<T>): Promise<{ answer: T; printed: string }> => {
  const printed: string[] = [];
  const keep = (chunk: unknown): boolean => {
    printed.push(String(chunk));
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep),
  ];
  try {
    return { answer: await work(), printed: printed.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};

/** What no answer to bad input may hold: where our code stands, or what the database said. */
export const expectNoInsides = (body: string): void => {
  expect(body).not.toMatch(
    /\bat [\w.<>]+ \(|node_modules|\.tsx?:\d|PostgresError|syntax error|invalid byte sequence/,
  );
};
