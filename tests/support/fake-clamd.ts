import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The test file of the anti-virus industry, put together here so that no scanner takes our tests for it. */
export const EICAR = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR-STANDARD-ANTIVIRUS'}-TEST-FILE!$H+H*`;

/** How the daemon behaves: as it should, or in one of the ways in which things go wrong. */
export type Manner =
  | 'real'
  | 'cut in the middle'
  | 'cut without an answer'
  | 'silent'
  | 'deaf'
  | 'slow'
  | 'dripping'
  | 'hasty'
  | 'half an answer'
  | 'nonsense'
  | 'endless'
  | 'limits';

export type FakeClamd = {
  /** What CLAMD_ADDRESS is set to. */
  readonly address: string;
  manner: Manner;
  /** Every file it was sent whole, in order. */
  readonly received: Buffer[];
  readonly close: () => Promise<void>;
};

const PIECE_MAX = 10_000_000;

/**
 * A daemon that speaks ClamAV's protocol (clamd(8): `zPING`, `zINSTREAM`, pieces of at most StreamMaxLength in all,
 * answers end with a zero byte) and finds the EICAR test file only.
 */
export const openFakeClamd = async (
  at: { readonly path: string } | { readonly port: number },
  { streamMax = 25_000_000 } = {},
): Promise<FakeClamd> => {
  const sockets = new Set<Socket>();
  const fake = { manner: 'real' as Manner, received: [] as Buffer[] };
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    if (fake.manner === 'deaf') {
      socket.pause();
      return;
    }
    let pending = Buffer.alloc(0);
    let command: string | null = null;
    const pieces: Buffer[] = [];
    let size = 0;
    const say = (words: string): void => void socket.end(`${words}\0`);
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      if (command === null) {
        const end = pending.indexOf(0);
        if (end < 0) return;
        command = pending.subarray(0, end).toString();
        pending = pending.subarray(end + 1);
        if (command === 'zPING') return fake.manner === 'silent' ? undefined : say('PONG');
        if (command !== 'zINSTREAM') return say('UNKNOWN COMMAND');
        if (fake.manner === 'hasty') {
          socket.write('stream: OK\0');
          socket.pause();
          return;
        }
      }
      while (pending.length >= 4) {
        const length = pending.readUInt32BE(0);
        if (length === 0) return verdict(socket, fake.manner, Buffer.concat(pieces), fake.received);
        if (length > PIECE_MAX || size + length > streamMax)
          return say('INSTREAM size limit exceeded. ERROR');
        if (pending.length < 4 + length) return;
        pieces.push(Buffer.from(pending.subarray(4, 4 + length)));
        pending = pending.subarray(4 + length);
        size += length;
        if (fake.manner === 'cut in the middle') socket.destroy();
      }
    });
  });
  server.listen(at);
  await once(server, 'listening');
  const address = 'path' in at ? at.path : `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return Object.assign(fake, { address, close });
};

const verdict = (socket: Socket, manner: Manner, file: Buffer, received: Buffer[]): void => {
  received.push(file);
  const words = file.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK';
  switch (manner) {
    case 'silent':
      return;
    case 'cut without an answer':
      socket.destroy();
      return;
    case 'slow':
      setTimeout(() => socket.end(`${words}\0`), 400);
      return;
    case 'dripping': {
      const left = [...`${words}\0`];
      const drip = setInterval(() => {
        const next = left.shift();
        if (next === undefined || socket.destroyed) clearInterval(drip);
        else socket.write(next);
      }, 15);
      return;
    }
    case 'half an answer':
      socket.end('stream: O');
      return;
    case 'nonsense':
      socket.end('stream: OKAY FOUND OUT\0');
      return;
    case 'endless':
      socket.write('stream: '.repeat(2_000));
      return;
    case 'limits':
      socket.end('stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0');
      return;
    default:
      socket.end(`${words}\0`);
  }
};
