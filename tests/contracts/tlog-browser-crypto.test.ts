import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contractData } from '../support/contract-data';

type Bytes = Uint8Array;
const { sha256, sha512, ed25519 } = (await import(
  new URL('../../public/browser-crypto.mjs', import.meta.url).href
)) as {
  sha256: (bytes: Bytes) => Bytes;
  sha512: (bytes: Bytes) => Bytes;
  ed25519: (publicKey: Bytes, message: Bytes, signature: Bytes) => boolean;
};

const hex = (bytes: Bytes): string => Buffer.from(bytes).toString('hex');
const raw = (key: ReturnType<typeof createPublicKey>): Buffer =>
  Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');

describe('the verify page’s own SHA-2 equals Node’s', () => {
  it('for every length around the block borders and for a long text', () => {
    for (const length of [...Array(260).keys(), 1_000, 65_535]) {
      const bytes = randomBytes(length);
      expect(hex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(hex(sha512(bytes))).toBe(createHash('sha512').update(bytes).digest('hex'));
    }
  });
});

describe('the verify page’s own Ed25519', () => {
  // RFC 8032, section 7.1, tests 1 to 3.
  it.each([
    [
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '',
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ],
    [
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      '72',
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ],
    [
      'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      'af82',
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    ],
  ])('holds for the published signature by %s', (key, message, signature) => {
    const parts = [key, message, signature].map((part) => Uint8Array.from(Buffer.from(part, 'hex'))) as [
      Bytes,
      Bytes,
      Bytes,
    ];
    expect(ed25519(...parts)).toBe(true);
  });

  it('agrees with Node on good signatures and on flipped ones', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    for (let round = 0; round < 12; round += 1) {
      const message = randomBytes(round * 20);
      const signature = sign(null, message, privateKey);
      expect(ed25519(raw(publicKey), message, signature)).toBe(true);
      const bad = Buffer.from(signature);
      const bit = (round * 43) % 512;
      bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(ed25519(raw(publicKey), message, bad)).toBe(verify(null, message, publicKey, bad));
    }
  });

  it('refuses an s of the group order and above, a wrong length and a key that is no point', () => {
    const key = createPrivateKey({
      key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 9)]),
      format: 'der',
      type: 'pkcs8',
    });
    const publicKey = raw(createPublicKey(key));
    const signature = sign(null, Buffer.from('x'), key);
    const order = (1n << 252n) + 27742317777372353535851937790883648493n;
    const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + order;
    const high = Buffer.concat([
      signature.subarray(0, 32),
      Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse(),
    ]);
    expect(ed25519(publicKey, Buffer.from('x'), signature)).toBe(true);
    expect(ed25519(publicKey, Buffer.from('x'), high)).toBe(false);
    expect(ed25519(publicKey, Buffer.from('x'), signature.subarray(1))).toBe(false);
    expect(ed25519(Buffer.alloc(32, 2), Buffer.from('x'), signature)).toBe(false);
  });
});

it('verify.mjs reads the notes of the collection with a browser’s means too', async () => {
  const verifier = (await import(new URL('../../public/verify.mjs', import.meta.url).href)) as {
    crypto: { sha256: typeof sha256; ed25519: typeof ed25519 };
    parseKey: (vkey: string) => { name: string };
    openHead: (note: string, keys: unknown[], witnesses: unknown[]) => { size: bigint; witnessed: unknown[] };
  };
  const own = { ...verifier.crypto };
  Object.assign(verifier.crypto, { sha256, ed25519 });
  try {
    const read = (name: string): string =>
      readFileSync(contractData('tlog', 'sunlight', 'witness', name), 'utf8');
    const key = verifier.parseKey(
      (JSON.parse(read('witness.v0.json')) as { verifier_keys: [string] }).verifier_keys[0],
    );
    // The log of that collection signs by another scheme, so the witness alone does not make a head of it.
    expect(() => verifier.openHead(read('rome/checkpoint'), [], [key])).toThrow('not signed by the log');
    expect(() => verifier.openHead(read('rome/checkpoint').replace('300', '301'), [], [key])).toThrow(
      'does not hold',
    );
  } finally {
    Object.assign(verifier.crypto, own);
  }
});
