import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkpointText, signCheckpoint } from '@/lib/proof/checkpoint';
import {
  consistencySpans,
  EMPTY_ROOT,
  Frontier,
  leafHash,
  proofOf,
  type Hash,
  type NodeId,
} from '@/lib/proof/merkle';
import {
  cosignatureTime,
  newSignerKey,
  openNote,
  parseSignatureLine,
  parseVerifierKey,
} from '@/lib/proof/note';
import { formatAddCheckpoint } from '@/lib/proof/witness/request';
import { witnessServer } from '@/lib/proof/witness/server';
import { originId, WitnessStore } from '@/lib/proof/witness/store';

const ORIGIN = 'shanlu.test/log';
const { signer: log } = newSignerKey(ORIGIN);
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A little log in memory; `salt` makes another history. */
const tree = (salt: string, size: number) => {
  const nodes = new Map<string, Hash>();
  const roots: Hash[] = [EMPTY_ROOT];
  const frontier = new Frontier();
  for (let at = 0; at < size; at += 1) {
    frontier.append(leafHash(Buffer.from(`${salt} ${at}`)), ({ level, index }, hash) =>
      nodes.set(`${level}/${index}`, hash),
    );
    roots.push(frontier.root());
  }
  const read = ({ level, index }: NodeId): Hash => nodes.get(`${level}/${index}`) as Hash;
  const head = (at: number) => ({ origin: ORIGIN, size: BigInt(at), root: roots[at] as Hash });
  return {
    note: (at: number, signer = log) => signCheckpoint(head(at), signer),
    text: (at: number) => checkpointText(head(at)),
    proof: (from: number, to: number) =>
      from === 0 ? [] : proofOf(consistencySpans(BigInt(from), BigInt(to)), read),
  };
};

const good = tree('leaf', 200);
const forged = tree('other', 200);
const ask = (from: number, to: number, of = good): string =>
  formatAddCheckpoint(BigInt(from), of.proof(from, to), of.note(to));

const post = async (
  base: string,
  body: string,
): Promise<{ status: number; type: string | null; body: string }> => {
  const response = await fetch(`${base}/add-checkpoint`, { method: 'POST', body });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
};

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-witness-'));
  folders.push(folder);
  return folder;
};

const start = async (folder: string) => {
  const store = new WitnessStore(folder);
  const signer = await store.signer('witness.test');
  await store.trust(log.vkey);
  const server = witnessServer({ store, signer });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { store, signer, server, base };
};

describe('a witness', () => {
  let witness: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    witness = await start(newFolder());
  });
  afterEach(() => {
    witness.server.close();
    witness.server.closeAllConnections();
  });

  const cosigned = (note: string, line: string): boolean => {
    const opened = openNote(note + line, [log, witness.signer]);
    return opened.ok && opened.verified.length === 2;
  };

  it('cosigns a first head, a grown one and the same one again', async () => {
    const first = await post(witness.base, ask(0, 5));
    expect(first.status).toBe(200);
    expect(cosigned(good.note(5), first.body)).toBe(true);
    const signature = parseSignatureLine(first.body.trimEnd())?.signature ?? Buffer.alloc(0);
    expect(Math.abs(Number(cosignatureTime(signature)) - Date.now() / 1000)).toBeLessThan(5);

    const grown = await post(witness.base, ask(5, 130));
    expect(cosigned(good.note(130), grown.body)).toBe(true);
    const again = await post(witness.base, ask(130, 130));
    expect(cosigned(good.note(130), again.body)).toBe(true);

    const history = await (await fetch(`${witness.base}/${originId(ORIGIN)}/history`)).text();
    expect(history.split('\n').map((line) => line.split(' ')[0])).toEqual(['5', '130', '']);
    const kept = await (await fetch(`${witness.base}/${originId(ORIGIN)}/checkpoint`)).text();
    expect(cosigned(kept, '')).toBe(true);
    expect(await witness.store.evidence()).toEqual([]);
  });

  it('400: nonsense, and an old size above the size', async () => {
    for (const body of [
      '',
      'old 0\n',
      ask(0, 5).replace('old 0', 'old 00'),
      ask(0, 5).replace('old 0', 'older 0'),
      ask(0, 5).replace('\n\n', '\n'),
      ask(0, 5).slice(0, -1),
      formatAddCheckpoint(
        0n,
        Array.from({ length: 64 }, () => EMPTY_ROOT),
        good.note(5),
      ),
      formatAddCheckpoint(9n, [], good.note(5)),
    ])
      expect((await post(witness.base, body)).status).toBe(400);
  });

  it('404: an origin it does not know', async () => {
    const { signer } = newSignerKey('other.test/log');
    const note = signCheckpoint({ origin: 'other.test/log', size: 0n, root: EMPTY_ROOT }, signer);
    expect((await post(witness.base, formatAddCheckpoint(0n, [], note))).status).toBe(404);
  });

  it('403: a signature that is missing, wrong or of another key of the same name', async () => {
    const { signer: impostor } = newSignerKey(ORIGIN);
    expect((await post(witness.base, formatAddCheckpoint(0n, [], good.note(5, impostor)))).status).toBe(403);
    const swapped = good.note(5).replace(good.text(5), good.text(6));
    expect((await post(witness.base, formatAddCheckpoint(0n, [], swapped))).status).toBe(403);
  });

  it('409 with the size it holds, as its own content type, when the log is out of step', async () => {
    await post(witness.base, ask(0, 50));
    for (const from of [0, 20, 49, 51]) {
      const answer = await post(witness.base, ask(from, 60));
      expect(answer).toEqual({ status: 409, type: 'text/x.tlog.size', body: '50\n' });
    }
    expect(await witness.store.evidence()).toEqual([]);
  });

  it('422: a proof that fails, a proof where none belongs, another root of equal size, an odd empty root', async () => {
    const oddEmpty = signCheckpoint({ origin: ORIGIN, size: 0n, root: Buffer.alloc(32, 1) }, log);
    expect((await post(witness.base, formatAddCheckpoint(0n, [], oddEmpty))).status).toBe(422);
    expect((await post(witness.base, formatAddCheckpoint(0n, good.proof(1, 5), good.note(5)))).status).toBe(
      422,
    );
    await post(witness.base, ask(0, 50));
    expect((await post(witness.base, ask(50, 60, forged))).status).toBe(422);
    expect((await post(witness.base, ask(50, 50, forged))).status).toBe(422);
    expect((await post(witness.base, formatAddCheckpoint(50n, [], good.note(60)))).status).toBe(422);
    expect((await witness.store.last(ORIGIN))?.head.size).toBe(50n);
  });

  it('keeps split views and rollbacks with both signatures, once each, and no honest retry', async () => {
    await post(witness.base, ask(0, 50));
    await post(witness.base, ask(50, 100));
    await post(witness.base, ask(0, 50)); // an honest retry of what was cosigned before
    expect(await witness.store.evidence()).toEqual([]);

    for (let twice = 0; twice < 2; twice += 1) {
      await post(witness.base, ask(0, 50, forged)); // another tree of a size cosigned before
      await post(witness.base, ask(100, 100, forged)); // another tree of the same size
      await post(witness.base, ask(0, 30)); // back to before
      await post(witness.base, ask(100, 120, forged)); // a continuation that is none
    }
    const names = await witness.store.evidence();
    expect(names.map((name) => name.split('-')[3]).sort()).toEqual([
      'bad_proof',
      'rollback',
      'split_view',
      'split_view',
    ]);
    const text = readFileSync(
      join(witness.store.folder, 'evidence', names.find((name) => name.includes('split_view')) ?? ''),
      'utf8',
    );
    const [, refused = '', before = ''] = text.split(/--- .* ---\n/);
    expect(openNote(refused.slice(0, -1), [log]).ok).toBe(true);
    expect(openNote(before, [log, witness.signer]).ok).toBe(true);
  });

  it('of 60 simultaneous requests on two servers with one folder, cosigns a single line of growth', async () => {
    const twin = await start(witness.store.folder);
    const sizes = Array.from({ length: 30 }, (_, at) => at + 1);
    const answers = await Promise.all(
      sizes.flatMap((size) => [
        post(witness.base, ask(0, size)).then((answer) => ({ size, of: 'good', ...answer })),
        post(twin.base, ask(0, size, forged)).then((answer) => ({ size, of: 'forged', ...answer })),
      ]),
    );
    twin.server.close();
    twin.server.closeAllConnections();
    const signed = answers.filter(({ status }) => status === 200);
    expect(signed).toHaveLength(1);
    for (const { status, body } of answers.filter((answer) => answer.status !== 200)) {
      expect(status).toBe(409);
      expect(body).toBe(`${signed[0]?.size}\n`);
    }
  });

  it('never steps back when growth requests race (the race named in the specification)', async () => {
    await post(witness.base, ask(0, 10));
    for (let round = 0; round < 20; round += 1) {
      const from = Number((await witness.store.last(ORIGIN))?.head.size);
      await Promise.all([1, 3, 5].map((step) => post(witness.base, ask(from, from + step))));
      expect(Number((await witness.store.last(ORIGIN))?.head.size)).toBeGreaterThan(from);
    }
    const sizes: bigint[] = [];
    for await (const { head } of witness.store.history(ORIGIN)) sizes.push(head.size);
    expect(sizes).toEqual(sizes.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(new Set(sizes).size).toBe(sizes.length);
  });

  it('refuses a body that is too long, and other methods', async () => {
    expect((await post(witness.base, 'x'.repeat(70_000))).status).toBe(413);
    expect((await fetch(`${witness.base}/add-checkpoint`, { method: 'PUT' })).status).toBe(405);
    expect((await fetch(`${witness.base}/nothing`)).status).toBe(404);
  });

  it('trusts a log as soon as a person adds its key, and says who it is', async () => {
    const { signer } = newSignerKey('late.test/log');
    const note = signCheckpoint({ origin: 'late.test/log', size: 0n, root: EMPTY_ROOT }, signer);
    const body = formatAddCheckpoint(0n, [], note);
    expect((await post(witness.base, body)).status).toBe(404);
    writeFileSync(join(witness.store.folder, 'logs'), `# trusted\n${log.vkey}\n${signer.vkey}\n`);
    expect((await post(witness.base, body)).status).toBe(200);
    const about = (await (await fetch(witness.base)).json()) as { verifier_keys: string[] };
    expect(parseVerifierKey(about.verifier_keys[0] ?? '')?.vkey).toBe(witness.signer.vkey);
  });
});

describe('npm run witness', () => {
  const run = async (folder: string): Promise<{ child: ChildProcess; base: string; vkey: string }> => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'lib/run/witness.ts', '--dir', folder, '--port', '0', '--log', log.vkey],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let text = '';
    for await (const part of child.stdout) {
      text += String(part);
      const base = /http:\/\/\S+/.exec(text)?.[0];
      const vkey = /verifier key (\S+)\n/.exec(text)?.[1];
      if (base && vkey) return { child, base, vkey };
    }
    throw new Error(`the witness did not start: ${text}`);
  };

  it('survives kill -9: what it has answered for, it still knows', async () => {
    const folder = newFolder();
    const first = await run(folder);
    expect((await post(first.base, ask(0, 70))).status).toBe(200);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const second = await run(folder);
    try {
      expect(second.vkey).toBe(first.vkey);
      expect(await post(second.base, ask(0, 30))).toMatchObject({ status: 409, body: '70\n' });
      expect((await post(second.base, ask(70, 71))).status).toBe(200);
    } finally {
      second.child.kill('SIGTERM');
      expect(await once(second.child, 'exit')).toEqual([0, null]);
    }
    const left = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(left.filter((name) => name.endsWith('.draft'))).toEqual([]);
  });
});
