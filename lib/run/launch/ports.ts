import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

import { commandLineOf } from '@/db/embedded/processes';

import { Stop } from './terminal.mjs';

/** True when this machine's port can be listened on. */
export const isFree = (port: number, host = '127.0.0.1'): Promise<boolean> =>
  new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen({ port, host }, () => probe.close(() => done(true)));
  });

/**
 * The wanted port if it is free, else any. Not for the port people type. It lies below those that systems give to
 * outgoing connections (from 32768 on Linux, from 49152 elsewhere): one of these could take it before it is used.
 */
export const freePort = async (wanted?: number): Promise<number> => {
  if (wanted !== undefined && wanted < 65_536 && (await isFree(wanted))) return wanted;
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(12_000, 32_000);
    if (await isFree(port)) return port;
  }
  throw new Stop('No port of this machine is free: end some programs and start again.');
};

/** Throws one sentence that names who holds the port and what to do. */
export const requireFree = async (port: number, host: string): Promise<void> => {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Stop(`PORT must be a number from 1 to 65535: start again with, for example, PORT=3100.`);
  }
  if (await isFree(port, host)) return;
  if (port < 1024 && process.getuid?.() !== 0) {
    throw new Stop(`Port ${port} may only be used by root: choose one above 1023, for example PORT=3100.`);
  }
  const next = await freePort(port + 100);
  const pid = holderOf(port);
  const holder =
    pid === undefined ? 'another program' : `process ${pid} (${commandLineOf(pid).trim().slice(0, 60)})`;
  throw new Stop(`Port ${port} is taken by ${holder}: stop it, or start with another port: PORT=${next}.`);
};

/** The process that listens on a port, as far as this user may see. */
const holderOf = (port: number): number | undefined => {
  try {
    if (process.platform !== 'linux') {
      const found = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], {
        encoding: 'utf8',
      });
      return Number(found.split('\n')[0]);
    }
    const sockets = listeningSockets(port);
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .find((pid) => openSockets(pid).some((socket) => sockets.has(socket)));
  } catch {
    return undefined;
  }
};

const listeningSockets = (port: number): Set<string> => {
  const listening = '0A';
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  const fields = rows.map((row) => row.trim().split(/\s+/));
  return new Set(
    fields
      .filter(([, local, , state]) => local?.endsWith(suffix) === true && state === listening)
      .map((row) => `socket:[${row[9]}]`),
  );
};

const openSockets = (pid: number): string[] => {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`);
      } catch {
        return '';
      }
    });
  } catch {
    return [];
  }
};
