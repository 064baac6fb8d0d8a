import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { parseAddress } from '@/lib/mail/address.rules';
import { cases } from '../../support/bad-input';

describe('one plain address', () => {
  test.each(
    cases('addresses', [
      ['Ada@Example.ORG', 'ada@example.org'],
      ['  ada@example.org ', 'ada@example.org'],
      ["o'neil+roads@example.co.uk", "o'neil+roads@example.co.uk"],
      ['ａｄａ＠example．org', 'ada@example.org'],
      ['ada@善路.中国', 'ada@xn--30rw62k.xn--fiqs8s'],
      ['ada@xn--fiqs8s.example', 'ada@xn--fiqs8s.example'],
      ['\u212Aelvin@example.org', 'kelvin@example.org'],
      ['a@b.co', 'a@b.co'],
      ['ADA+ROADS@EXAMPLE.ORG', 'ada+roads@example.org'],
      ['\tada@example.org\t'.trim(), 'ada@example.org'],
      ['\u3000ada@example.org\u3000', 'ada@example.org'],
      ['\u00a0ada@example.org', 'ada@example.org'],
      ['ada@EXAMPLE.中国', 'ada@example.xn--fiqs8s'],
      ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
      ['ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
      ['ada@ⓔxample.org', 'ada@example.org'],
      ['ｏ＇neil@example.org', "o'neil@example.org"],
      ['ada@example.co.uk', 'ada@example.co.uk'],
      ['1@1a.org', '1@1a.org'],
      ['#!$%&*@example.org', '#!$%&*@example.org'],
      ['a'.repeat(64) + '@example.org', 'a'.repeat(64) + '@example.org'],
    ] as const),
  )('%j is read as %j', (typed, read) => {
    expect(parseAddress(typed)).toBe(read);
  });

  test.each(
    cases('no-addresses', [
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
      ' ',
      '@',
      '@@',
      'ada@ example.org',
      'ada @example.org',
      'ada@example.org,',
      ',ada@example.org',
      'ada@example.org|eve@evil.example',
      'ada@example.org%20eve@evil.example',
      'ada@example.org，eve@evil.example',
      'ada@example.org；eve@evil.example',
      'ada＠example.org＠evil.example',
      'ada@example.org%0d%0aBcc:eve@evil.example'.replace('%0d%0a', '\r\n'),
      'ada@example.org\r',
      'ada\n@example.org',
      'To: ada@example.org',
      'mailto:ada@example.org',
      '"ada@example.org"',
      '"a b"@example.org',
      'a"b@example.org',
      'a\\b@example.org',
      'a\\@b@example.org',
      'a[b]@example.org',
      'a:b@example.org',
      'a;b@example.org',
      'a>b@example.org',
      'ada@example.org>',
      'ada@[IPv6:::1]',
      'ada@[::1]',
      'ada@1.1',
      'ada@2130706433',
      'ada@example.123',
      'ada@.example.org',
      'ada@example-.org',
      'ada@-.org',
      'ada@exa mple.org',
      'ada@example。org@evil.example',
      'ada@xn--',
      'ada@xn--a.example',
      'ada@*.example.org',
      'ada@example.org\\@evil.example',
      'ada@example.org&eve',
      'ada@(evil)example.org',
      'аdа@example.org',
      '=1+1@example.org\n',
      'ada\ufeff@example.org',
      'ada\u2060@example.org',
      'ada\ud800@example.org',
      `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.org`,
      `${'@'.repeat(400)}`,
      `${'a@'.repeat(200)}example.org`,
      `${'('.repeat(400)}`,
      `ada@${'-'.repeat(200)}.org`,
      `${'a.'.repeat(199)}@b.co`,
    ] as const),
  )('%j is refused', (typed) => {
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
