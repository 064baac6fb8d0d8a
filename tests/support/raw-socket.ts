import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type SocketAnswer = {
  /** The status of each answer that came, in their order; with a `*` those that our own code gave (it names them). */
  readonly statuses: readonly string[];
  readonly text: string;
  /** Whether the other side closed the connection. */
  readonly closed: boolean;
};

/** What is sent piece by piece, with a rest between; `hang up` ends our side in the middle. */
export type Sent = Buffer | readonly Buffer[];

const SILENCE_MS = 400;

/**
 * Sends bytes as they are over a connection of its own, where every HTTP client would refuse, and reads all that comes
 * back until the other side closes or falls silent; the first byte may take `firstWithinMs`.
 */
export const overSocket = (
  origin: string,
  sent: Sent,
  { hangUp = false, firstWithinMs = 15_000 } = {},
): Promise<SocketAnswer> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(origin);
    const socket = connect({ host: hostname === 'localhost' ? '127.0.0.1' : hostname, port: Number(port) });
    const parts: Buffer[] = [];
    let silence: NodeJS.Timeout | undefined;
    const finish = (closed: boolean): void => {
      clearTimeout(silence);
      socket.destroy();
      const text = Buffer.concat(parts).toString('latin1');
      resolve({ statuses: statusesIn(text), text, closed });
    };
    const wait = (): void => {
      clearTimeout(silence);
      silence = setTimeout(() => finish(false), parts.length > 0 ? SILENCE_MS : firstWithinMs);
    };
    socket.on('data', (part) => {
      parts.push(part);
      wait();
    });
    socket.on('error', () => finish(true));
    socket.on('close', () => finish(true));
    socket.on('connect', () => {
      void (async () => {
        for (const piece of Array.isArray(sent) ? (sent as readonly Buffer[]) : [sent as Buffer]) {
          if (socket.destroyed) return;
          socket.write(piece);
          if (Array.isArray(sent)) await sleep(15);
        }
        if (hangUp) socket.end();
      })();
      wait();
    });
  });

const statusesIn = (text: string): string[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3})[^\r\n]*\r\n([\s\S]*?)\r\n\r\n/g)].map(
    ([, status = '', head = '']) => `${status}${/^x-request-id:/im.test(head) ? '*' : ''}`,
  );
