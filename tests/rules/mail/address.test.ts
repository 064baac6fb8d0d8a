import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { parseAddress } from '@/lib/mail/address.rules';

describe('one plain address', () => {
  test.each([
    ['Ada@Example.ORG', 'ada@example.org'],
    ['  ada@example.org ', 'ada@example.org'],
    ["o'neil+roads@example.co.uk", "o'neil+roads@example.co.uk"],
    ['ａｄａ＠example．org', 'ada@example.org'],
    ['ada@善路.中国', 'ada@xn--30rw62k.xn--fiqs8s'],
    ['ada@xn--fiqs8s.example', 'ada@xn--fiqs8s.example'],
    ['\u212Aelvin@example.org', 'kelvin@example.org'],
  ])('%j is read as %j', (typed, read) => {
    expect(parseAddress(typed)).toBe(read);
  });

  test.each([
    '',
    'ada',
    '@example.org',
    'ada@',
    'ada@localhost',
    'ada@example',
    'ada@@example.org',
    'ada@example.org@evil.example',
    'ada@example.org,eve@evil.example',
    'ada@example.org;eve@evil.example',
    'ada@example.org, eve@evil.example',
    'ada@example.org eve@evil.example',
    '"eve@evil.example"@example.org',
    '"ada"@example.org',
    'ada(comment)@example.org',
    'Ada <ada@example.org>',
    '<ada@example.org>',
    'ada@example.org\r\nBcc: eve@evil.example',
    'ada@example.org\nBcc: eve@evil.example',
    'ada@example.org\u0000',
    'ada\u2028@example.org',
    'ad\u200ba@example.org',
    '\u202eada@example.org',
    'ada@exam\u00adple.org',
    'ada@[127.0.0.1]',
    'ada@127.0.0.1',
    'ada@0x7f.1',
    'ada@example..org',
    '.ada@example.org',
    'ada.@example.org',
    'a..da@example.org',
    'ada@-example.org',
    'ada@example.org.',
    'ada@example.org:25',
    'ada@example.org/path',
    'ada@example.org?x',
    'ada@example.org#x',
    'ada@user:pass@example.org',
    'adä@example.org',
    'ада@example.org',
    'ada@ex ample.org',
    'ada%00@example.org\t',
    `${'a'.repeat(65)}@example.org`,
    `ada@${'a'.repeat(64)}.org`,
    `ada@${'a.'.repeat(130)}org`,
    'a'.repeat(1000),
    'ada@ex_ample.org',
    'ada@example.o℀g/',
  ])('%j is refused', (typed) => {
    expect(parseAddress(typed)).toBeNull();
  });

  test('two domains that only look alike stay two', () => {
    const latin = parseAddress('ada@paypal.com');
    const cyrillic = parseAddress('ada@pаypal.com');
    expect(cyrillic).not.toBe(latin);
    expect(cyrillic).toMatch(/@xn--/);
  });

  test('what was read is read again as itself, and is always one address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: 'binary', maxLength: 60 })), (typed) => {
        const read = parseAddress(typed);
        if (read === null) return;
        expect(parseAddress(read)).toBe(read);
        expect(read).toMatch(/^[^@\s,;:"<>()[\]\\\p{Cc}]+@[a-z0-9.-]+$/u);
      }),
      { numRuns: 3000 },
    );
  });
});
