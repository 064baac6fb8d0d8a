/** Just enough ASN.1 DER (X.690) to read a timestamp: tags, lengths and their contents, strictly. */
export type Der = {
  readonly tag: number;
  /** The whole element with tag and length, as it is hashed or signed. */
  readonly whole: Buffer;
  readonly content: Buffer;
};

export const SEQUENCE = 0x30;
export const INTEGER = 0x02;
export const OCTETS = 0x04;
export const OID = 0x06;
export const TIME = 0x18;
export const NULL = 0x05;

/** The elements that follow one another in these bytes; null when they do not come out even. */
export const derElements = (bytes: Buffer): Der[] | null => {
  const elements: Der[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at] ?? 0;
    if ((tag & 0x1f) === 0x1f || at + 2 > bytes.length) return null;
    const first = bytes[at + 1] ?? 0;
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    if (first === 0x80 || lengthBytes > 4 || at + 2 + lengthBytes > bytes.length) return null;
    const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
    const from = at + 2 + lengthBytes;
    if (from + length > bytes.length) return null;
    elements.push({
      tag,
      whole: bytes.subarray(at, from + length),
      content: bytes.subarray(from, from + length),
    });
    at = from + length;
  }
  return elements;
};

/** The elements inside a constructed element. */
export const inside = (element: Der | undefined): Der[] => (element && derElements(element.content)) ?? [];

/** An object identifier in dots: 1.2.840.113549.1.7.2 */
export const oidText = (element: Der | undefined): string => {
  if (element?.tag !== OID || element.content.length === 0) return '';
  const [first = 0, ...rest] = element.content;
  const parts = [Math.min(2, Math.floor(first / 40))];
  parts.push(first - (parts[0] ?? 0) * 40);
  let value = 0;
  for (const byte of rest) {
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      parts.push(value);
      value = 0;
    }
  }
  return parts.join('.');
};

export const encodeDer = (tag: number, ...contents: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size =
    length < 0x80
      ? Buffer.of(length)
      : length < 0x100
        ? Buffer.of(0x81, length)
        : Buffer.of(0x82, length >> 8, length & 0xff);
  return Buffer.concat([Buffer.of(tag), size, content]);
};

export const encodeOid = (dots: string): Buffer => {
  const [a = 0, b = 0, ...rest] = dots.split('.').map(Number);
  const bytes = [a * 40 + b];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return encodeDer(OID, Buffer.from(bytes));
};
