import { writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { runProgram } from '@/lib/run/launch/programs.mjs';
import { debianTool } from '../support/debian-tool';

/** One request to try, with the names of what in it is to be made SQL of. */
export type Target = {
  readonly name: string;
  readonly path: string;
  readonly parameters: readonly string[];
  /** A form as it was sent; without it the query of the path is tried. */
  readonly form?: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
};

export type Verdict = 'injectable' | 'clean';

/**
 * What sqlmap says of a request: it knows nothing of us but the address and the kind of the database. Throws with its
 * words when it came to no verdict.
 */
export const judge = async (url: string, target: Target, folder: string): Promise<Verdict> => {
  const { path: program, env } = await debianTool('sqlmap');
  const slug = target.name.replace(/\W+/g, '-');
  const asked = target.form
    ? ['-r', requestFile(url, target, join(folder, `${slug}.txt`))]
    : ['-u', url + target.path];
  const { text } = await runProgram(
    program,
    [
      ...asked,
      ...['-p', target.parameters.join(',')],
      ...['--batch', '--ignore-stdin', '--flush-session', '--disable-coloring', '--dbms=PostgreSQL'],
      ...['--level=1', '--risk=1', '--timeout=30', '--retries=1', '--time-sec=4'],
      // React's own fields hold quotes, which it takes for what another judge left there.
      ...['--answers', 'really sure=Y'],
      // A refusal is an answer as well: what differs between two of them is what is looked for.
      ...['--ignore-code=*', '--output-dir', join(folder, slug)],
    ],
    { env: { ...process.env, ...env, HOME: folder } },
  );
  if (/identified the following injection point/.test(text)) return 'injectable';
  if (/tested parameters do not appear to be injectable/.test(text)) return 'clean';
  throw new Error(`sqlmap came to no verdict on ${target.name}:\n${text.slice(-2_000)}`);
};

const requestFile = (url: string, { path, form }: Target, file: string): string => {
  const head = Object.entries({ Host: new URL(url).host, ...form?.headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  writeFileSync(file, [`POST ${path} HTTP/1.1`, ...head, '', form?.body ?? ''].join('\r\n'));
  return file;
};

export type Front = {
  readonly url: string;
  readonly asked: () => number;
  /** The answers of 500 and more. */
  readonly failed: () => readonly string[];
  readonly close: () => void;
};

/** Stands before the product as a proxy does, and tells it that each request comes from another network. */
export const openFront = async (port: number, frontPort: number): Promise<Front> => {
  let asked = 0;
  const failed: string[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    asked += 1;
    const from = `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`;
    const passed = ask(
      {
        host: '127.0.0.1',
        port,
        method: request.method,
        path: request.url,
        headers: { ...request.headers, 'x-forwarded-for': from },
      },
      (answer) => {
        const status = answer.statusCode ?? 0;
        if (status >= 500) failed.push(`${status} ${request.method} ${request.url}`);
        response.writeHead(status, answer.headers);
        answer.pipe(response);
      },
    );
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  server.listen(frontPort, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${frontPort}`,
    asked: () => asked,
    failed: () => failed,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** A server as it should not be: what is asked for becomes SQL. Whoever judges ours must see this one. */
export const openCareless = async (
  databaseUrl: string,
): Promise<{ url: string; close: () => Promise<void> }> => {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://careless');
    const road = searchParams.get('road') ?? '';
    database.query(`select code from disclosure.segment where code = '${road}'`).then(
      ({ rows }) => response.end(JSON.stringify(rows)),
      () => response.writeHead(400).end('Bad request'),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await database.end();
    },
  };
};
