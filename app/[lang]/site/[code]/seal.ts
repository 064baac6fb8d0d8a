import { packed, sealedFor, sealedHead, sealedInfo, SECRET_BYTES } from '@/lib/evidence/waiting.rules';

/** The server's public key as the page carries it. */
export type ServerKey = { readonly id: string; readonly point: string };

const P256 = { name: 'ECDH', namedCurve: 'P-256' } as const;

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/**
 * Seals a photograph and what is said about it, so that only the server opens it, for this person and this upload. The
 * telephone itself cannot: the private half of the key made here is gone when this returns.
 */
export const sealForServer = async (
  server: ServerKey,
  forWhom: { readonly person: string; readonly upload: string },
  facts: unknown,
  photograph: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> => {
  const { subtle } = crypto;
  const point = bytesOf(server.point);
  const theirs = await subtle.importKey('raw', point, P256, false, []);
  const ours = await subtle.generateKey(P256, false, ['deriveBits']);
  const ephemeral = new Uint8Array(await subtle.exportKey('raw', ours.publicKey));
  const shared = await subtle.deriveBits({ name: 'ECDH', public: theirs }, ours.privateKey, 256);
  const info = sealedInfo(ephemeral, point);
  const secret = await subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info },
    await subtle.importKey('raw', shared, 'HKDF', false, ['deriveBits']),
    SECRET_BYTES * 8,
  );
  const head = sealedHead(server.id, ephemeral);
  const body = await subtle.encrypt(
    {
      name: 'AES-GCM',
      iv: secret.slice(32),
      additionalData: sealedFor(head, forWhom.person, forWhom.upload),
    },
    await subtle.importKey('raw', secret.slice(0, 32), 'AES-GCM', false, ['encrypt']),
    packed(facts, photograph),
  );
  const sealed = new Uint8Array(head.length + body.byteLength);
  sealed.set(head);
  sealed.set(new Uint8Array(body), head.length);
  return sealed;
};
