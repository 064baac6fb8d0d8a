import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/**
 * An authenticator made of nothing but node:crypto: it makes real ES256 keys, attestation "none", and real signatures, and
 * can be told to do each of them wrongly. It shares no code with the product.
 */
export type Wrong = {
  /** The page it believes to be on. */
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  readonly challenge?: string;
  /** Whether it has seen its owner's finger or number. */
  readonly verified?: boolean;
  readonly present?: boolean;
  /** What it says it has counted to, in place of the next number. */
  readonly counter?: number;
  /** Signs something else than it says. */
  readonly spoilt?: boolean;
};

const sha256 = (bytes: string | Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** As much of CBOR (RFC 8949) as a key and an attestation need. */
const cbor = (value: number | string | Buffer | ReadonlyMap<number | string, unknown>): Buffer => {
  const head = (kind: number, n: number): Buffer =>
    n < 24
      ? Buffer.of((kind << 5) | n)
      : n < 256
        ? Buffer.of((kind << 5) | 24, n)
        : Buffer.of((kind << 5) | 25, n >> 8, n & 255);
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const pairs = [...(value as ReadonlyMap<number | string, never>)];
  return Buffer.concat([head(5, pairs.length), ...pairs.flatMap(([key, part]) => [cbor(key), cbor(part)])]);
};

const u32 = (n: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(n);
  return bytes;
};

export class SoftAuthenticator {
  readonly id = randomBytes(32);
  private readonly key: KeyObject;
  private readonly cose: Buffer;
  private counted = 0;

  constructor(
    private readonly origin: string,
    private readonly rpId: string,
  ) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.key = privateKey;
    this.cose = cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]),
    );
  }

  private clientData(type: string, challenge: string, wrong: Wrong): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: wrong.type ?? type,
        challenge: wrong.challenge ?? challenge,
        origin: wrong.origin ?? this.origin,
        crossOrigin: false,
      }),
    );
  }

  private head(wrong: Wrong, attested: boolean): Buffer {
    const flags =
      ((wrong.present ?? true) ? 1 : 0) | ((wrong.verified ?? true) ? 4 : 0) | (attested ? 0x40 : 0);
    this.counted = wrong.counter ?? this.counted + 1;
    return Buffer.concat([sha256(wrong.rpId ?? this.rpId), Buffer.of(flags), u32(this.counted)]);
  }

  /** What a browser answers to `navigator.credentials.create`. */
  create(challenge: string, wrong: Wrong = {}) {
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.of(0, this.id.length), this.id, this.cose]);
    const object = cbor(
      new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', Buffer.concat([this.head(wrong, true), attested])],
      ]),
    );
    return this.answer({
      clientDataJSON: this.clientData('webauthn.create', challenge, wrong).toString('base64url'),
      attestationObject: object.toString('base64url'),
      transports: ['internal'],
    });
  }

  /** What it answers to `navigator.credentials.get`. */
  get(challenge: string, wrong: Wrong = {}) {
    const client = this.clientData('webauthn.get', challenge, wrong);
    const head = this.head(wrong, false);
    const signature = sign('sha256', Buffer.concat([head, sha256(client)]), this.key);
    return this.answer({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: (wrong.spoilt === true
        ? Buffer.concat([head.subarray(0, 33), u32(99)])
        : head
      ).toString('base64url'),
      signature: signature.toString('base64url'),
    });
  }

  private answer(response: Readonly<Record<string, unknown>>) {
    const id = this.id.toString('base64url');
    return { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} };
  }
}
