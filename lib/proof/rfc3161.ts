import { createHash, verify, X509Certificate } from 'node:crypto';
import {
  derElements,
  encodeDer,
  encodeOid,
  inside,
  INTEGER,
  NULL,
  OCTETS,
  oidText,
  SEQUENCE,
  TIME,
  type Der,
} from './der';

/**
 * RFC 3161 timestamps: somebody with a clock and a certificate states that a hash existed at a moment. A head of the
 * log can be stamped so that its age does not rest on our own word. Verification is deliberately narrow: SHA-2 only,
 * one signer, certificates of the chain we were given, and the signer named by the signed attribute.
 */
export type TimestampFailure =
  | 'malformed'
  | 'not_granted'
  | 'other_message'
  | 'other_nonce'
  | 'signer_not_found'
  | 'signature_fails'
  | 'not_for_timestamps'
  | 'untrusted_issuer'
  | 'outside_validity';

export type Timestamp =
  | { readonly ok: true; readonly at: Date; readonly hash: Buffer; readonly policy: string }
  | { readonly ok: false; readonly why: TimestampFailure };

const HASHES: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

/** A request for a timestamp of these bytes (SHA-256, certificate wanted). */
export const timestampRequest = (data: Uint8Array, nonce: Buffer): Buffer => {
  const algorithm = encodeDer(SEQUENCE, encodeOid('2.16.840.1.101.3.4.2.1'), encodeDer(NULL));
  const imprint = encodeDer(
    SEQUENCE,
    algorithm,
    encodeDer(OCTETS, createHash('sha256').update(data).digest()),
  );
  const positive = (nonce[0] ?? 0) < 0x80 ? nonce : Buffer.concat([Buffer.of(0), nonce]);
  return encodeDer(
    SEQUENCE,
    encodeDer(INTEGER, Buffer.of(1)),
    imprint,
    encodeDer(INTEGER, positive),
    encodeDer(0x01, Buffer.of(0xff)),
  );
};

/** Whether `response` answers `request` and is signed by somebody whom `trusted` (PEM certificates) vouches for. */
export const verifyTimestamp = (request: Buffer, response: Buffer, trusted: string): Timestamp => {
  const asked = readRequest(request);
  const token = readResponse(response);
  if (!asked || !token) return { ok: false, why: 'malformed' };
  if (token.status !== 0 && token.status !== 1) return { ok: false, why: 'not_granted' };
  const { info, signed } = token;
  if (!info || !signed) return { ok: false, why: 'malformed' };
  if (info.hashAlgorithm !== asked.hashAlgorithm || !info.hash.equals(asked.hash))
    return { ok: false, why: 'other_message' };
  if (asked.nonce && !(info.nonce && asked.nonce.equals(info.nonce)))
    return { ok: false, why: 'other_nonce' };
  const failed = signatureFails(signed, info, certificatesOf(trusted));
  return failed
    ? { ok: false, why: failed }
    : { ok: true, at: info.at, hash: info.hash, policy: info.policy };
};

type Imprint = { readonly hashAlgorithm: string; readonly hash: Buffer; readonly nonce: Buffer | null };

const readImprint = (element: Der | undefined): Omit<Imprint, 'nonce'> | null => {
  const [algorithm, hash] = inside(element);
  const hashAlgorithm = HASHES[oidText(inside(algorithm)[0])];
  return hashAlgorithm !== undefined && hash?.tag === OCTETS ? { hashAlgorithm, hash: hash.content } : null;
};

const readRequest = (bytes: Buffer): Imprint | null => {
  const parts = inside(derElements(bytes)?.[0]);
  const imprint = readImprint(parts[1]);
  const nonce = parts.slice(2).find((part) => part.tag === INTEGER);
  return imprint && { ...imprint, nonce: nonce?.content ?? null };
};

type Info = Imprint & { readonly at: Date; readonly policy: string };

type Signed = {
  readonly content: Buffer;
  readonly certificates: readonly X509Certificate[];
  readonly attributes: Der;
  readonly digest: string;
  readonly signature: Buffer;
};

const readResponse = (bytes: Buffer): { status: number; info: Info | null; signed: Signed | null } | null => {
  const whole = derElements(bytes);
  const [statusInfo, contentInfo] = inside(whole?.[0]);
  const status = inside(statusInfo)[0];
  if (whole?.length !== 1 || status?.tag !== INTEGER || status.content.length !== 1) return null;
  const [type, wrapped] = inside(contentInfo);
  const signed = oidText(type) === SIGNED_DATA ? readSignedData(inside(wrapped)[0]) : null;
  return { status: status.content[0] ?? -1, info: signed && readInfo(signed.content), signed };
};

const readInfo = (bytes: Buffer): Info | null => {
  const parts = inside(derElements(bytes)?.[0]);
  const imprint = readImprint(parts[2]);
  const time = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(
    parts[4]?.content.toString('latin1') ?? '',
  );
  if (!imprint || parts[4]?.tag !== TIME || !time) return null;
  const [, year, month, day, hour, minute, second] = time;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const nonce = parts.slice(5).find((part) => part.tag === INTEGER);
  return { ...imprint, nonce: nonce?.content ?? null, at, policy: oidText(parts[1]) };
};

const readSignedData = (element: Der | undefined): Signed | null => {
  const parts = inside(element);
  const [contentType, content] = inside(parts[2]);
  const octets = inside(content)[0];
  const certificates = parts.find((part) => part.tag === 0xa0);
  const signers = inside(parts.at(-1));
  if (oidText(contentType) !== TST_INFO || octets?.tag !== OCTETS || signers.length !== 1) return null;
  const signer = inside(signers[0]);
  const attributes = signer.find((part) => part.tag === 0xa0);
  const digest = HASHES[oidText(inside(signer[2])[0])];
  const signature = signer.at(-1)?.tag === OCTETS ? signer.at(-1) : signer.at(-2);
  if (!attributes || digest === undefined || signature?.tag !== OCTETS) return null;
  return {
    content: octets.content,
    certificates: inside(certificates).flatMap((part) => certificateOf(part.whole)),
    attributes,
    digest,
    signature: signature.content,
  };
};

const certificateOf = (der: Buffer): X509Certificate[] => {
  try {
    return [new X509Certificate(der)];
  } catch {
    return [];
  }
};

const certificatesOf = (pem: string): X509Certificate[] =>
  (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (one) => new X509Certificate(one),
  );

const signatureFails = (
  signed: Signed,
  info: Info,
  trusted: readonly X509Certificate[],
): TimestampFailure | null => {
  const attribute = (oid: string): Der | undefined =>
    inside(inside(signed.attributes).find((one) => oidText(inside(one)[0]) === oid))[1];
  const digest = inside(attribute(MESSAGE_DIGEST))[0]?.content;
  const isInfo = oidText(inside(attribute(CONTENT_TYPE))[0]) === TST_INFO;
  if (!isInfo || !digest?.equals(createHash(signed.digest).update(signed.content).digest()))
    return 'signature_fails';

  // The signer is the certificate whose hash was signed; any other certificate in the answer is ignored.
  const signer = [...signed.certificates, ...trusted].find((one) => isNamed(one, attribute));
  if (!signer) return 'signer_not_found';
  const attributes = Buffer.from(signed.attributes.whole);
  attributes[0] = 0x31; // signed as a SET, sent under a context tag (RFC 5652, 5.4)
  if (!verify(signed.digest, attributes, signer.publicKey, signed.signature)) return 'signature_fails';
  if (!(signer.keyUsage ?? []).includes(TIME_STAMPING) || signer.keyUsage.length !== 1)
    return 'not_for_timestamps';
  return chainFails(signer, [...signed.certificates, ...trusted], trusted, info.at);
};

const isNamed = (certificate: X509Certificate, attribute: (oid: string) => Der | undefined): boolean => {
  const first = (oid: string): Der[] => inside(inside(inside(inside(attribute(oid))[0])[0])[0]);
  const version2 = first(SIGNING_CERTIFICATE_V2);
  const version1 = first(SIGNING_CERTIFICATE);
  const [parts, fallback] = version2.length > 0 ? [version2, 'sha256'] : [version1, 'sha1'];
  const named = parts.find((part) => part.tag === OCTETS);
  const algorithm = parts[0]?.tag === SEQUENCE ? HASHES[oidText(inside(parts[0])[0])] : fallback;
  return (
    algorithm !== undefined && !!named?.content.equals(createHash(algorithm).update(certificate.raw).digest())
  );
};

const CHAIN_MAX = 6;

const chainFails = (
  signer: X509Certificate,
  known: readonly X509Certificate[],
  trusted: readonly X509Certificate[],
  at: Date,
): TimestampFailure | null => {
  let current = signer;
  for (let depth = 0; depth < CHAIN_MAX; depth += 1) {
    if (at < new Date(current.validFrom) || at > new Date(current.validTo)) return 'outside_validity';
    const isRoot = current.checkIssued(current) && current.verify(current.publicKey);
    if (isRoot) return trusted.some((one) => one.raw.equals(current.raw)) ? null : 'untrusted_issuer';
    const below = current;
    const issuer = known.find((one) => one.ca && below.checkIssued(one) && below.verify(one.publicKey));
    if (!issuer) return 'untrusted_issuer';
    current = issuer;
  }
  return 'untrusted_issuer';
};
