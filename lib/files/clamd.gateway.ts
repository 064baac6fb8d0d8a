import 'server-only';
import { connect, type NetConnectOpts } from 'node:net';
import { Readable } from 'node:stream';

/**
 * What the scanner says of a file. `unknown` is everything that is no clear answer: nobody listens (`away`), no answer
 * in time (`silent`), a line that broke or words that are none of the protocol (`broken`), more than it is set to look
 * at (`too_large`).
 */
export type Verdict =
  | { readonly kind: 'clean' }
  | { readonly kind: 'infected'; readonly signature: string }
  | { readonly kind: 'unknown'; readonly reason: 'away' | 'silent' | 'broken' | 'too_large' };

const PIECE_BYTES = 64 * 1024;
const ANSWER_CHARACTERS_MAX = 4096;

/**
 * Hands a file to a ClamAV daemon (`zINSTREAM`: pieces with their length before them, a length of 0 ends) and says what
 * it answers. Only "stream: OK" after the last byte was sent is `clean`; the daemon keeps nothing of what it was sent.
 *
 * @param address the path of its socket, or `host:port`
 */
export const scanWithClamd = async (
  address: string,
  bytes: Uint8Array,
  timeoutMs: number,
): Promise<Verdict> => {
  const { answer, sent, failed } = await talk(address, inPieces(bytes), timeoutMs);
  if (answer === null) return { kind: 'unknown', reason: failed };
  if (/size limit exceeded/i.test(answer)) return { kind: 'unknown', reason: 'too_large' };
  const signature = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  // What `AlertExceedsMax` finds is no virus: part of the file was not looked at.
  if (signature?.startsWith('Heuristics.Limits.Exceeded')) return { kind: 'unknown', reason: 'too_large' };
  if (signature !== undefined) return { kind: 'infected', signature: signature.replaceAll(/[^ -~]/g, '?') };
  return answer === 'stream: OK' && sent ? { kind: 'clean' } : { kind: 'unknown', reason: 'broken' };
};

/** Whether the daemon answers at all. */
export const clamdAnswers = async (address: string, timeoutMs: number): Promise<boolean> =>
  (await talk(address, [Buffer.from('zPING\0')], timeoutMs)).answer === 'PONG';

function* inPieces(bytes: Uint8Array): Generator<Uint8Array> {
  yield Buffer.from('zINSTREAM\0');
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    const piece = bytes.subarray(at, at + PIECE_BYTES);
    yield lengthOf(piece.length);
    yield piece;
  }
  yield lengthOf(0);
}

const lengthOf = (length: number): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length);
  return head;
};

type Talk = {
  /** What came before the first zero byte; null when none came. */
  readonly answer: string | null;
  /** Whether everything had been sent by then. */
  readonly sent: boolean;
  readonly failed: 'away' | 'silent' | 'broken';
};

/** One connection, one question, one answer; never longer than the time given, however slowly bytes come. */
const talk = (address: string, question: Iterable<Uint8Array>, timeoutMs: number): Promise<Talk> =>
  new Promise((resolve) => {
    const socket = connect(placeOf(address));
    const sending = Readable.from(question);
    let heard = '';
    let [connected, sent] = [false, false];
    const end = (answer: string | null, failed: Talk['failed']): void => {
      clearTimeout(timer);
      sending.destroy();
      socket.destroy();
      resolve({ answer, sent, failed });
    };
    const timer = setTimeout(() => end(null, connected ? 'silent' : 'away'), timeoutMs);
    sending.once('end', () => (sent = true));
    socket.once('connect', () => {
      connected = true;
      sending.pipe(socket, { end: false });
    });
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      const at = heard.indexOf('\0');
      if (at >= 0) end(heard.slice(0, at), 'broken');
      else if (heard.length > ANSWER_CHARACTERS_MAX) end(null, 'broken');
    });
    socket.once('error', () => end(null, connected ? 'broken' : 'away'));
    socket.once('close', () => end(null, connected ? 'broken' : 'away'));
  });

const placeOf = (address: string): NetConnectOpts => {
  if (address.startsWith('/')) return { path: address };
  const colon = address.lastIndexOf(':');
  return {
    host: address.slice(0, colon).replaceAll(/[[\]]/g, ''),
    port: Number.parseInt(address.slice(colon + 1), 10),
  };
};
