import { describe, expect, test } from 'vitest';
import { clientNetwork } from '@/lib/auth/client-address.rules';

describe('the network a rate limit counts', () => {
  test('is the connection itself when no proxy of ours stands before the server', () => {
    expect(clientNetwork('203.0.113.7', '203.0.113.7', 0)).toBe('203.0.113.7');
    expect(clientNetwork('203.0.113.7', '1.2.3.4, 5.6.7.8', 0)).toBe('203.0.113.7');
    expect(clientNetwork('::ffff:203.0.113.7', null, 0)).toBe('203.0.113.7');
  });

  test('is what our proxies saw, never what the client wrote left of it', () => {
    expect(clientNetwork('10.0.0.1', '198.51.100.9', 1)).toBe('198.51.100.9');
    expect(clientNetwork('10.0.0.1', '1.1.1.1, 2.2.2.2, 198.51.100.9', 1)).toBe('198.51.100.9');
    expect(clientNetwork('10.0.0.1', '6.6.6.6, 198.51.100.9, 10.0.0.2', 2)).toBe('198.51.100.9');
  });

  test('does not run out of a chain that is shorter than expected', () => {
    expect(clientNetwork('10.0.0.1', null, 3)).toBe('10.0.0.1');
    expect(clientNetwork(null, null, 0)).toBe('unknown');
    expect(clientNetwork(null, '203.0.113.7', 0)).toBe('203.0.113.7');
    expect(clientNetwork(null, '1.1.1.1, 203.0.113.7', 1)).toBe('203.0.113.7');
  });

  test('is a whole /64 for IPv6, so that one household is one', () => {
    expect(clientNetwork('2001:db8:1:2:aaaa:bbbb:cccc:dddd', null, 0)).toBe('2001:db8:1:2::/64');
    expect(clientNetwork('2001:db8:1:2::1', null, 0)).toBe('2001:db8:1:2::/64');
    expect(clientNetwork('2001:0db8:0001:0002::', null, 0)).toBe('2001:db8:1:2::/64');
    expect(clientNetwork('::1', null, 0)).toBe('0:0:0:0::/64');
    expect(clientNetwork('fe80::1%eth0', null, 0)).toBe('fe80:0:0:0::/64');
  });

  test('cannot be made up with nonsense', () => {
    for (const nonsense of ['x', "'; drop table", '999', '2001:db8:::::g', 'a'.repeat(500)])
      expect(clientNetwork(nonsense, null, 0)).toBe('unknown');
  });
});
