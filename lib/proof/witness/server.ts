import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { sameHash } from '../merkle';
import { cosignatureLine, type NoteSigner } from '../note';
import { judge, parseAddCheckpoint, type AddCheckpoint } from './request';
import { originId, type Kept, type WitnessStore } from './store';

export type WitnessOptions = {
  readonly store: WitnessStore;
  readonly signer: NoteSigner;
  readonly now?: () => Date;
  /** Told of every refusal that is evidence; the command line prints it. */
  readonly onEvidence?: (kind: string, origin: string) => void;
};

export type WitnessAnswer = { readonly status: number; readonly type: string; readonly body: string };

const TEXT = 'text/plain; charset=utf-8';
const BODY_BYTES_MAX = 64 * 1024;

/**
 * Answers one `add-checkpoint`. A cosignature leaves this function only after the checkpoint is on disk; of two
 * requests that are right at the same moment one stores, and the other is judged again against the new state.
 */
export const addCheckpoint = async (body: Uint8Array, options: WitnessOptions): Promise<WitnessAnswer> => {
  const { store, signer } = options;
  const now = options.now ?? (() => new Date());
  const request = parseAddCheckpoint(body);
  if (!request) return { status: 400, type: TEXT, body: 'malformed request\n' };
  const { origin } = request.head;
  const trusted = await store.trustedLogs();

  for (;;) {
    // The time is taken before the state is read: "as of then, this was the newest head I knew" stays true.
    const seconds = BigInt(Math.floor(now().getTime() / 1000));
    const last = await store.last(origin);
    const verdict = judge(request, trusted, last?.head ?? null);
    if (verdict.kind === 'stale') {
      await keepIfEvidence(request, last, options, now());
      return { status: 409, type: 'text/x.tlog.size', body: `${verdict.lastSize}\n` };
    }
    if (verdict.kind === 'refuse') {
      if (verdict.status === 422) await keepIfEvidence(request, last, options, now());
      return { status: verdict.status, type: TEXT, body: `${verdict.reason}\n` };
    }
    const line = cosignatureLine(signer, request.note.text, seconds);
    const known = last !== null && last.head.size === request.head.size;
    if (known || (await store.keepNext(origin, last, request.noteText + line)))
      return { status: 200, type: TEXT, body: line };
  }
};

/**
 * The signature of the log is good, yet what it signed does not follow from what it signed before: that note and
 * the one we hold are together the proof of it. An old checkpoint we cosigned ourselves is no evidence.
 */
const keepIfEvidence = async (
  request: AddCheckpoint,
  last: Kept | null,
  { store, onEvidence }: WitnessOptions,
  at: Date,
): Promise<void> => {
  const { head } = request;
  if (!last || head.size > last.head.size) {
    if (!last || request.oldSize !== last.head.size) return; // only out of step: it may still be consistent
    await keep('bad_proof');
    return;
  }
  for await (const kept of store.history(head.origin))
    if (kept.head.size === head.size) {
      if (!sameHash(kept.head.root, head.root)) await keep('split_view', kept);
      return;
    }
  await keep('rollback');

  async function keep(
    kind: 'split_view' | 'rollback' | 'bad_proof',
    other: Kept | null = last,
  ): Promise<void> {
    const proof = request.proof.map((hash) => Buffer.from(hash).toString('base64'));
    const text = [
      `kind ${kind}`,
      `old ${request.oldSize}`,
      ...proof,
      '',
      '--- refused ---',
      request.noteText,
      '--- cosigned before ---',
      other?.note ?? '',
    ].join('\n');
    await store.keepEvidence(kind, at, text);
    onEvidence?.(kind, head.origin);
  }
};

/**
 * The witness as a web server: `POST /add-checkpoint`, and for auditors `GET /` (who it is), and per log
 * `GET /<sha256 of origin>/checkpoint` and `/history` (every head it has cosigned).
 */
export const witnessServer = (options: WitnessOptions): Server =>
  createServer((request, response) => {
    answer(request, options).then(
      (reply) => send(response, reply),
      () =>
        send(response, { status: 500, type: TEXT, body: 'the witness could not store or read its state\n' }),
    );
  });

const answer = async (request: IncomingMessage, options: WitnessOptions): Promise<WitnessAnswer> => {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (request.method === 'POST' && path === '/add-checkpoint') {
    const body = await readBody(request);
    return body === null ? { status: 413, type: TEXT, body: 'too long\n' } : addCheckpoint(body, options);
  }
  if (request.method !== 'GET') return { status: 405, type: TEXT, body: 'method not allowed\n' };
  const logs = await options.store.trustedLogs();
  if (path === '/') {
    const about = {
      name: options.signer.name,
      verifier_keys: [options.signer.vkey],
      logs: [...new Set(logs.map((key) => key.name))].map((origin) => ({ origin, id: originId(origin) })),
      evidence: await options.store.evidence(),
    };
    return { status: 200, type: 'application/json', body: `${JSON.stringify(about, null, 2)}\n` };
  }
  const [, id, what] = /^\/([0-9a-f]{64})\/(checkpoint|history)$/.exec(path) ?? [];
  const origin = logs.find((key) => originId(key.name) === id)?.name;
  const last = origin === undefined ? null : await options.store.last(origin);
  if (origin === undefined || !last) return { status: 404, type: TEXT, body: 'not found\n' };
  if (what === 'checkpoint') return { status: 200, type: TEXT, body: last.note };
  let lines = '';
  for await (const { head } of options.store.history(origin))
    lines += `${head.size} ${Buffer.from(head.root).toString('base64')}\n`;
  return { status: 200, type: TEXT, body: lines };
};

const send = (response: ServerResponse, { status, type, body }: WitnessAnswer): void => {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
};

const readBody = async (request: IncomingMessage): Promise<Buffer | null> => {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += (part as Buffer).length;
    if (length > BODY_BYTES_MAX) return null;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
};
