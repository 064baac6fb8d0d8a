import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signCheckpoint } from '@/lib/proof/checkpoint';
import { actLeaf } from '@/lib/proof/leaf';
import {
  consistencySpans,
  Frontier,
  inclusionSpans,
  leafHash,
  proofOf,
  type Hash,
  type NodeId,
} from '@/lib/proof/merkle';
import { cosignatureLine, newSignerKey, parseNote, SIGNATURE_COSIGNATURE_V1 } from '@/lib/proof/note';
import { debianTool } from '../support/debian-tool';

const ORIGIN = 'shanlu.test/log';
const SIZE = 700;
const { signer } = newSignerKey(ORIGIN);
const { signer: witness } = newSignerKey('witness.test', SIGNATURE_COSIGNATURE_V1);

const leaves = Array.from({ length: SIZE }, (_, at) =>
  Buffer.from(
    actLeaf({
      event: 'segment_moved',
      subject: `ML-${at}`,
      date: '2024-06-30',
      recorded: '2024-06-30',
      campaign: 'gen-hun-meng',
      facts: { event: 'fund' },
    }),
  ),
);
const nodes = new Map<string, Hash>();
const roots: Hash[] = [];
const tree = new Frontier();
roots.push(tree.root());
for (const leaf of leaves) {
  tree.append(leafHash(leaf), ({ level, index }, hash) => nodes.set(`${level}/${index}`, hash));
  roots.push(tree.root());
}
const read = ({ level, index }: NodeId): Hash => nodes.get(`${level}/${index}`) as Hash;
const base64 = (hashes: readonly Hash[]): string[] =>
  hashes.map((hash) => Buffer.from(hash).toString('base64'));

/** A head as we serve it: signed by the log and cosigned by a witness. */
const head = (size: number): string => {
  const note = signCheckpoint({ origin: ORIGIN, size: BigInt(size), root: roots[size] as Hash }, signer);
  return note + cosignatureLine(witness, parseNote(note)?.text ?? '', 1_700_000_000n);
};
const question = (index: number, size: number, older: number) => ({
  VKey: signer.vkey,
  Checkpoint: head(size),
  Older: older === 0 ? '' : head(older),
  Leaf: leaves[index]?.toString('base64'),
  Index: index,
  Inclusion: base64(proofOf(inclusionSpans(BigInt(index), BigInt(size)), read)),
  Continuing: older === 0 ? [] : base64(proofOf(consistencySpans(BigInt(older), BigInt(size)), read)),
});

describe('Go’s sumdb/note and sumdb/tlog (Debian) as judge', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-go-'));
  const program = join(folder, 'judge');
  beforeAll(async () => {
    const go = await debianTool('go');
    await promisify(execFile)(go.path, ['build', '-o', program, 'main.go'], {
      cwd: resolve('tests/contracts/go-client'),
      env: { ...process.env, HOME: folder, ...go.env },
    });
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const ask = (asked: object): Promise<string> =>
    new Promise((done) => {
      const child = execFile(program, (error, stdout, stderr) =>
        done(error ? `refused: ${stderr.trim()}` : stdout.trim()),
      );
      child.stdin?.end(JSON.stringify(asked));
    });

  it.each([
    [0, 1, 0],
    [0, 2, 1],
    [130, 684, 255],
    [255, 256, 256],
    [256, 257, 256],
    [699, 700, 512],
    [0, 700, 699],
  ])('verifies leaf %i of %i and the continuation of %i', async (index, size, older) => {
    expect(await ask(question(index, size, older))).toBe('ok');
  });

  it('refuses another leaf, another index, a cut proof, a false continuation and another key', async () => {
    const asked = question(130, 684, 255);
    const other = newSignerKey(ORIGIN).signer.vkey;
    for (const wrong of [
      { ...asked, Leaf: leaves[131]?.toString('base64') },
      { ...asked, Index: 131 },
      { ...asked, Inclusion: asked.Inclusion.slice(1) },
      { ...asked, Continuing: asked.Continuing.toReversed() },
      { ...asked, Older: head(254) },
      { ...asked, VKey: other },
    ])
      expect(await ask(wrong)).toMatch(/^refused/);
  });
});
