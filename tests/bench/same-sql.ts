import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from '@/db/tables';
import { debianTool } from '../support/debian-tool';

const run = promisify(execFile);

/** A statement as it went to the database, its parameters as text, and the rows that came back. */
export type Sent = {
  readonly text: string;
  readonly values: readonly (string | null)[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
};

/** Runs an act on a connection that writes down every statement the act really sends. */
export const record = async (
  url: string,
  act: (db: Kysely<Database>) => Promise<unknown>,
): Promise<Sent[]> => {
  const sent: Sent[] = [];
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<pg.QueryResult>;
    client.query = (async (text: string, values: unknown[] = []) => {
      const answer = await query(text, values);
      sent.push({ text, values: values.map(asText), rows: answer.rows as Record<string, unknown>[] });
      return answer;
    }) as never;
  });
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  try {
    await act(db);
    return sent;
  } finally {
    await db.destroy();
  }
};

/** A parameter as the driver writes it. */
const asText = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  if (Array.isArray(value)) return `{${value.map(element).join(',')}}`;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : String(value as number | bigint | boolean);
};

const element = (value: unknown): string => {
  const text = asText(value);
  return text === null ? 'NULL' : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
};

/**
 * What is another in every run of the act: the text it was in the recorded run, and the SQL that makes it anew from
 * what the script has read (`:s3_id` is column `id` of statement 3).
 */
export type Fresh = { readonly was: string; readonly sql: string };

export type Script = { readonly text: string; readonly constants: Readonly<Record<string, string>> };

/**
 * The same statements in the same order as a script for pgbench, each parameter again a parameter. What does not change
 * is given as a constant; what does is put in by an expression within the parameter's place.
 */
export const scriptOf = (sent: readonly Sent[], fresh: readonly Fresh[]): Script => {
  const constants: Record<string, string> = {};
  const lines = sent.map(({ text, values, rows }, at) => {
    const statement = text.replaceAll(/\$(\d+)/g, (_, digits: string) => {
      const value = values[Number(digits) - 1];
      if (value === null || value === undefined) return 'null';
      const whole = fresh.find((one) => one.was === value);
      if (whole) return whole.sql;
      const name = `p${at}_${digits}`;
      constants[name] = value;
      return fresh
        .filter((one) => value.includes(one.was))
        .reduce((sql, one) => `replace(${sql}, '${one.was}', (${one.sql})::text)`, `:${name}`);
    });
    return `${statement.trim()}${rows.length === 1 ? `\n\\gset s${at}_` : ';'}`;
  });
  return { text: `\\set n random(1, 9000000000000000)\n${lines.join('\n')}\n`, constants };
};

/** New connections read the catalogue and plan; what they do meanwhile says nothing about the act. */
export const WARM_UP_SECONDS = 3;

/** Runs a script with prepared statements on as many connections for some seconds; answers transactions per second. */
export const pgbench = async (
  script: Script,
  file: string,
  url: string,
  clients: number,
  seconds: number,
): Promise<number> => {
  writeFileSync(file, script.text);
  const tool = await debianTool('pgbench');
  const constants = Object.entries(script.constants).flatMap(([name, value]) => ['-D', `${name}=${value}`]);
  const { stdout, stderr } = await run(
    tool.path,
    [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(clients),
      '-P',
      '1',
      '-T',
      String(seconds + WARM_UP_SECONDS),
      ...constants,
      '-f',
      file,
      url,
    ],
    { env: { ...process.env, ...tool.env, PGOPTIONS: '-c jit=off' }, maxBuffer: 1e8 },
  ).catch((error: { stdout: string; stderr: string }) => error);
  if (!/number of failed transactions: 0 /.test(stdout) || stderr.includes('ERROR'))
    throw new Error(`pgbench: ${stderr.slice(0, 600)}`);
  const bySecond = [...stderr.matchAll(/progress: [\d.]+ s, ([\d.]+) tps/g)].map(([, tps]) => Number(tps));
  const warm = bySecond.slice(WARM_UP_SECONDS);
  return warm.reduce((sum, tps) => sum + tps, 0) / warm.length;
};
