import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_ROOT,
  Frontier,
  leafHash,
  nodeHash,
  verifyConsistency,
  verifyInclusion,
  type Hash,
} from '@/lib/proof/merkle';
import { contractData } from '../support/contract-data';
import { cases } from '../support/bad-input';

const folder = contractData('tlog', 'merkle');

const filesBelow = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(dir, name));

type Probe = {
  leafIdx?: bigint;
  treeSize?: bigint;
  size1?: bigint;
  size2?: bigint;
  root?: string;
  root1?: string;
  root2?: string;
  leafHash?: string;
  proof: string[] | null;
  wantErr: boolean;
};

// JSON.parse would turn 18446744073709551615 into another number, so whole numbers are quoted first.
const readProbe = (file: string): Probe => {
  const quoted = readFileSync(file, 'utf8').replace(/":\s*(\d+)/g, '": "bigint:$1"');
  return JSON.parse(quoted, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith('bigint:') ? BigInt(value.slice(7)) : value,
  ) as Probe;
};

const bytes = (base64: string | undefined): Hash => Buffer.from(base64 ?? '', 'base64');
const hex = (hash: Hash): string => Buffer.from(hash).toString('hex');

const expected = JSON.parse(readFileSync(contractData('expected.json'), 'utf8')) as {
  merkle: Record<'inclusion' | 'consistency', { valid: number; corrupt: number }>;
};

describe('inclusion probes', () => {
  const files = cases('inclusion-probes', filesBelow(join(folder, 'inclusion')));
  it.each(files.map((file) => [file.slice(folder.length + 1), file]))('%s', (_, file) => {
    const probe = readProbe(file);
    const verdict = verifyInclusion(
      probe.leafIdx ?? 0n,
      probe.treeSize ?? 0n,
      bytes(probe.leafHash),
      (probe.proof ?? []).map(bytes),
      bytes(probe.root),
    );
    expect(verdict).toBe(!probe.wantErr);
  });
  it('finds as many good and corrupted probes as the collection says', () => {
    const good = files.filter((file) => !readProbe(file).wantErr).length;
    expect({ valid: good, corrupt: files.length - good }).toEqual(expected.merkle.inclusion);
  });
});

describe('consistency probes', () => {
  const files = cases('consistency-probes', filesBelow(join(folder, 'consistency')));
  it.each(files.map((file) => [file.slice(folder.length + 1), file]))('%s', (_, file) => {
    const probe = readProbe(file);
    const verdict = verifyConsistency(
      probe.size1 ?? 0n,
      probe.size2 ?? 0n,
      bytes(probe.root1),
      bytes(probe.root2),
      (probe.proof ?? []).map(bytes),
    );
    expect(verdict).toBe(!probe.wantErr);
  });
  it('finds as many good and corrupted probes as the collection says', () => {
    const good = files.filter((file) => !readProbe(file).wantErr).length;
    expect({ valid: good, corrupt: files.length - good }).toEqual(expected.merkle.consistency);
  });
});

describe('hash vectors', () => {
  const vectors = JSON.parse(readFileSync(contractData('tlog', 'rfc6962-hash-vectors.json'), 'utf8')) as {
    desc: string;
    op: 'root' | 'leaf' | 'node';
    data?: string;
    left?: string;
    right?: string;
    want: string;
  }[];
  it.each(vectors)('$desc ($op)', ({ op, data, left, right, want }) => {
    const of = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'utf8');
    const hash =
      op === 'root' ? EMPTY_ROOT : op === 'leaf' ? leafHash(of(data)) : nodeHash(of(left), of(right));
    expect(hex(hash)).toBe(want);
  });
});

describe('published roots', () => {
  // transparency-dev/merkle, testonly/constants.go: eight leaves and the root after each.
  it('of the eight reference leaves', () => {
    const leaves = '|00|10|2021|3031|40414243|5051525354555657|606162636465666768696a6b6c6d6e6f'.split('|');
    const roots = [
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ];
    const frontier = new Frontier();
    expect(hex(frontier.root())).toBe(roots[0]);
    leaves.forEach((leaf, at) => {
      frontier.append(leafHash(Buffer.from(leaf, 'hex')));
      expect(hex(frontier.root())).toBe(roots[at + 1]);
    });
  });

  // transparency-dev/tessera, testdata: a log of fifteen words and its roots after seven and after all.
  it('of a fifteen-leaf log built by another implementation', () => {
    const words = 'one two three four five six seven eit nain ten ileven twelf threeten fourten fivten'.split(
      ' ',
    );
    const roots = new Map([
      [7n, 'IrSXADBqJ7EQoUODSDKROySgNveeL6CFhik2w/+fS7U='],
      [15n, 'rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs='],
    ]);
    const frontier = new Frontier();
    for (const word of words) {
      frontier.append(leafHash(Buffer.from(word)));
      const root = roots.get(frontier.size);
      if (root) expect(Buffer.from(frontier.root()).toString('base64')).toBe(root);
    }
    expect(frontier.size).toBe(15n);
  });
});
