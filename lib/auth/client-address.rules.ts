/** Set by our server on every request (lib/auth/peer.ts), whatever the client sent under this name. */
export const PEER_HEADER = 'x-shanlu-peer';

/**
 * The network a request comes from, for rate limits only. Proxies that we run append the address they saw to
 * X-Forwarded-For; so the entry that many places from the right is true, and everything left of it is what the
 * client wrote itself and is ignored.
 *
 * @param peer address of the connection itself, as our server saw it
 * @param forwardedFor X-Forwarded-For as received
 * @param proxies how many proxies of ours stand before the server
 * @returns an IPv4 address or an IPv6 /64 (one household or one phone holds a whole /64)
 */
export const clientNetwork = (peer: string | null, forwardedFor: string | null, proxies: number): string => {
  const listed = (forwardedFor ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const chain = peer === null ? listed : [...listed, peer];
  const address = chain[Math.max(0, chain.length - 1 - (peer === null ? Math.max(0, proxies - 1) : proxies))];
  return address === undefined ? 'unknown' : networkOf(address);
};

const networkOf = (written: string): string => {
  const address = written
    .replace(/^\[|\](?::\d+)?$/g, '')
    .replace(/%.*$/, '')
    .toLowerCase();
  const v4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?$/.exec(address)?.[1];
  if (v4) return v4;
  if (!/^(?=.*:)[0-9a-f:]{2,39}$/.test(address)) return 'unknown';
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const groups = tail === undefined ? before : [...before, ...zeros, ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
};
