// Opens what a leaf of the public log only seals (docs/log.md, “Commitments”). The giver of a gift has value and salt in
// the private part of the receipt; together they must give the very 64 hex digits that stand in the leaf.
import { crypto } from './verify.mjs';

const utf8 = (text) => new TextEncoder().encode(text);
const joined = (parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** HMAC-SHA256 (RFC 2104) over the parts, each preceded by its length in four bytes, big end first. */
export const sealOf = (salt, ...parts) => {
  const pad = (byte) => Uint8Array.from({ length: 64 }, (_, at) => (salt[at] ?? 0) ^ byte);
  const length = (part) => [24, 16, 8, 0].map((bits) => (part.length >>> bits) & 255);
  const message = joined(parts.map(utf8).flatMap((part) => [length(part), part]));
  const mac = crypto.sha256(joined([pad(0x5c), crypto.sha256(joined([pad(0x36), message]))]));
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** Field → value of everything that opens. Throws an error with its `field` at the first that does not. */
export const openSeals = (leaf, { openings }) => {
  const opened = {};
  for (const { domain, field, value, salt } of openings) {
    const bytes = Uint8Array.from(atob(salt), (letter) => letter.charCodeAt(0));
    if (bytes.length !== 32 || sealOf(bytes, domain, field, value) !== leaf.commitments?.[field])
      throw Object.assign(new Error(`the ${field} is not the one that was sealed`), { field });
    opened[field] = value;
  }
  return opened;
};
