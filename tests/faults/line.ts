import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type Line = {
  readonly port: number;
  readonly cuts: () => number;
  /** Cuts every connection there is; new ones are taken. */
  readonly cutAll: () => void;
  readonly close: () => Promise<void>;
};

export type Trouble = {
  /** After so many bytes, both ways together, the connection is cut, be it in the middle of a message. */
  readonly cutAfter?: () => number;
  /** How long a piece is on its way back. */
  readonly delayMs?: () => number;
};

/** A line to a port of this machine that loses connections or is slow. */
export const openLine = async (to: () => number, { cutAfter, delayMs }: Trouble): Promise<Line> => {
  let cuts = 0;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(to(), '127.0.0.1');
    let left = cutAfter?.() ?? Infinity;
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    const pass = (bytes: Buffer, out: Socket): void => {
      if (left <= 0) return;
      out.write(bytes.subarray(0, Math.min(left, bytes.length)));
      left -= bytes.length;
      if (left > 0) return;
      cuts += 1;
      // What was written before is handed over, as it would be on a real line.
      setImmediate(end);
    };
    // Pieces keep their order however long each is on its way.
    let free = 0;
    const late = (bytes: Buffer): void => {
      free = Math.max(free, performance.now() + (delayMs?.() ?? 0));
      setTimeout(() => pass(bytes, near), free - performance.now());
    };
    near.on('data', (bytes: Buffer) => pass(bytes, far));
    far.on('data', (bytes: Buffer) => (delayMs ? late(bytes) : pass(bytes, near)));
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        end();
      });
    }
  });
  const cutAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cuts: () => cuts,
    cutAll,
    close: async () => {
      server.close();
      cutAll();
      await new Promise((done) => setImmediate(done));
    },
  };
};
