import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCheckpointText } from '@/lib/proof/checkpoint';
import {
  Frontier,
  inclusionSpans,
  proofOf,
  rootAt,
  verifyInclusion,
  type Hash,
  type NodeId,
} from '@/lib/proof/merkle';
import { cosignatureTime, openNote, parseNote, parseVerifierKey, type NoteKey } from '@/lib/proof/note';
import {
  foldComplete,
  parseTile,
  parseTilePath,
  tileExists,
  tilePath,
  tileRunOf,
  tilesOf,
} from '@/lib/proof/tiles';
import { contractData } from '../support/contract-data';

const folder = contractData('tlog', 'sunlight');
const read = (...parts: string[]): Buffer => readFileSync(join(folder, ...parts));

const keysOf = (...parts: string[]): NoteKey[] =>
  (JSON.parse(read(...parts).toString()) as { verifier_keys: string[] }).verifier_keys.map((vkey) => {
    const key = parseVerifierKey(vkey);
    if (!key) throw new Error(`key not read: ${vkey}`);
    return key;
  });

describe.each([
  ['mirror of rome', ['witness', 'mirror', 'rome'], ['witness', 'mirror', 'mirror.v0.json']],
  ['witness of rome', ['witness', 'rome'], ['witness', 'witness.v0.json']],
  ['witness of milan', ['witness2', 'milan'], ['witness2', 'witness.v0.json']],
])('checkpoint kept by the %s', (_, place, keyFile) => {
  const note = read(...place, 'checkpoint').toString();

  it('carries a cosignature that verifies; signatures of other types are passed by', () => {
    const opened = openNote(note, keysOf(...keyFile));
    if (!opened.ok) throw new Error(opened.reason);
    expect(opened.verified).toHaveLength(1);
    expect(cosignatureTime(opened.verified[0]?.signature ?? Buffer.alloc(0))).toBeGreaterThan(0n);
    expect(parseCheckpointText(opened.text)?.size).toBe(300n);
  });

  it('accepts no changed byte of the signed text', () => {
    const end = note.indexOf('\n\n');
    for (let at = 0; at < end; at += 1) {
      const changed = Buffer.from(note);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(openNote(changed, keysOf(...keyFile)).ok).toBe(false);
    }
  });
});

describe('the 300-leaf tree', () => {
  const place = ['witness', 'mirror', 'rome'];
  const head = parseCheckpointText(parseNote(read(...place, 'checkpoint'))?.text ?? '');
  if (!head) throw new Error('checkpoint not read');

  const files = readdirSync(join(folder, ...place, 'tile'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(join(folder, ...place), join(entry.parentPath, entry.name)));

  it('every file has the path we would give it and belongs to the tree', () => {
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const tile = parseTilePath(file);
      expect(tile && tilePath(tile)).toBe(file);
      expect(tile && tileExists(tile, head.size)).toBe(true);
      expect(tile && parseTile(read(...place, file), tile.width)).toHaveLength(tile?.width ?? -1);
    }
    const ours = [...tilesOf(head.size)].filter(({ level }) => level === 0).map(tilePath);
    expect(files.filter((file) => file.startsWith('tile/0/')).sort()).toEqual(ours.sort());
  });

  const leaves: Hash[] = [...tilesOf(head.size)]
    .filter(({ level }) => level === 0)
    .flatMap((tile) => parseTile(read(...place, tilePath(tile)), tile.width) ?? []);

  it('gives the signed root, leaf by leaf', () => {
    const frontier = new Frontier();
    for (const leaf of leaves) frontier.append(leaf);
    expect(frontier.size).toBe(head.size);
    expect(Buffer.from(frontier.root())).toEqual(Buffer.from(head.root));
  });

  it('gives the signed root and an inclusion proof of each leaf through tiles alone', () => {
    const rows = [leaves, [foldComplete(leaves.slice(0, 256))]];
    const readNode = (node: NodeId): Hash => {
      const { level, first, count } = tileRunOf(node);
      return foldComplete(rows[level]?.slice(Number(first), Number(first) + count) ?? []);
    };
    expect(Buffer.from(rootAt(head.size, readNode))).toEqual(Buffer.from(head.root));
    leaves.forEach((leaf, at) => {
      const proof = proofOf(inclusionSpans(BigInt(at), head.size), readNode);
      expect(verifyInclusion(BigInt(at), head.size, leaf, proof, head.root)).toBe(true);
    });
  });
});
