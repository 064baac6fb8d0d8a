import 'server-only';
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** Private memory of the decoding process, enforced by the kernel where there is one that does. */
export const MEMORY_MAX_KB = 300_000;

export type DecoderAnswer = { readonly head: unknown; readonly bodies: readonly Uint8Array[] };
/** What became of a question; without an answer the process has ended, by itself or because we ended it. */
export type DecoderEnd = {
  readonly answer: DecoderAnswer | null;
  readonly code: number | null;
  readonly timedOut: boolean;
};

export type Decoder = {
  /** One picture at a time; a process that gave no answer is gone and is asked nothing more. */
  readonly ask: (head: object, bytes: Uint8Array, timeoutMs: number) => Promise<DecoderEnd>;
  /** Lets the process come to its end; kills it when it does not. */
  readonly end: () => void;
};

/**
 * Starts photograph-worker.mjs in a process of its own. A process that has seen a stranger's picture must see no other
 * person's after it, so whoever keeps one for several pictures gives it pictures of one hand only.
 */
export const openDecoder = (options: {
  readonly workerPath?: string | undefined;
  /** Seconds of a processor that all its pictures together may take. */
  readonly processorSeconds?: number | undefined;
}): Decoder => {
  const [command, args] = workerCommand(
    options.workerPath ?? join(process.cwd(), 'lib', 'files', 'photograph-worker.mjs'),
    options.processorSeconds ?? 15,
  );
  // No environment: the decoder must not know the database's address or any key.
  const child = spawn(/* turbopackIgnore: true */ command, args, {
    env: { NODE_ENV: 'production', MALLOC_ARENA_MAX: '2', VIPS_CONCURRENCY: '1', UV_THREADPOOL_SIZE: '2' },
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  // Told to whoever asks; nobody may be asking any more.
  closed.catch(() => undefined);
  // A decoder that dies early closes the pipe under us; its exit says what happened.
  child.stdin.on('error', () => undefined);
  return {
    ask: (head, bytes, timeoutMs) => ask(child, closed, head, bytes, timeoutMs),
    end: () => {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      const done = () => clearTimeout(timer);
      closed.then(done, done);
    },
  };
};

type Running = ChildProcess & {
  readonly stdin: NonNullable<ChildProcess['stdin']>;
  readonly stdout: NonNullable<ChildProcess['stdout']>;
};

const ask = async (
  child: Running,
  closed: Promise<number | null>,
  head: object,
  bytes: Uint8Array,
  timeoutMs: number,
): Promise<DecoderEnd> => {
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, timeoutMs);
  try {
    const answered = answerOf(child);
    const request = Buffer.from(JSON.stringify({ ...head, size: bytes.length }));
    child.stdin.write(lengthOf(request));
    child.stdin.write(request);
    child.stdin.write(bytes);
    const first = await Promise.race([answered, closed.then((code) => ({ code }))]);
    return 'code' in first
      ? { answer: null, code: first.code, timedOut }
      : { answer: first, code: null, timedOut: false };
  } finally {
    clearTimeout(timer);
    child.stdout.removeAllListeners('data');
  }
};

const OUTPUT_MAX = 16 * 1024 * 1024;

/** The next whole answer; one that is larger than any honest one ends the process. */
const answerOf = (child: Running): Promise<DecoderAnswer> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let received = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received > OUTPUT_MAX) return void child.kill('SIGKILL');
      chunks.push(chunk);
      const answer = readWhole(Buffer.concat(chunks));
      if (answer === 'broken') child.kill('SIGKILL');
      else if (answer !== null) resolve(answer);
    });
  });

/** Four bytes of length, a head as JSON, then the bodies whose lengths the head says; null while something is missing. */
const readWhole = (output: Buffer): DecoderAnswer | 'broken' | null => {
  if (output.length < 4) return null;
  const start = 4 + output.readUInt32BE(0);
  if (start > OUTPUT_MAX) return 'broken';
  if (output.length < start) return null;
  const head = headOf(output.toString('utf8', 4, start));
  if (head === null) return 'broken';
  const whole = head.lengths.reduce((sum, length) => sum + length, start);
  if (output.length < whole) return null;
  let at = start;
  return { head, bodies: head.lengths.map((size) => new Uint8Array(output.subarray(at, (at += size)))) };
};

const headOf = (text: string): { readonly lengths: readonly number[] } | null => {
  try {
    const head = JSON.parse(text) as { readonly lengths?: unknown } | null;
    const lengths = head?.lengths;
    return Array.isArray(lengths) && lengths.every((length) => Number.isSafeInteger(length) && length >= 0)
      ? (head as { readonly lengths: readonly number[] })
      : null;
  } catch {
    return null;
  }
};

const lengthOf = (part: Uint8Array): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return length;
};

const workerCommand = (
  workerPath: string,
  processorSeconds: number,
): readonly [command: string, args: string[]] => {
  const node = [process.execPath, '--max-old-space-size=96', workerPath] as const;
  // `ulimit` before `exec`: data segment (private memory), processor seconds, no core dump, no file ever written.
  const limits = `ulimit -d ${MEMORY_MAX_KB}; ulimit -t ${processorSeconds}; ulimit -c 0; ulimit -f 0; exec "$@"`;
  return process.platform === 'linux'
    ? ['/bin/sh', ['-c', limits, 'sh', ...node]]
    : [node[0], [...node.slice(1)]];
};
