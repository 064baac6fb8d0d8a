import { describe, expect, it } from 'vitest';
import { decodeText } from '@/lib/reconciliation/statement/decode.rules';
import { readStatement } from '@/lib/reconciliation/statement/read.rules';
import { briefs, bytesOf } from './samples';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)),
  );

/** Encodes by searching the decoder's own table, so the test needs no encoder. */
const encode = (text: string, encoding: string): Uint8Array => {
  const table = new Map<string, number[]>();
  const decoder = new TextDecoder(encoding);
  const wide = encoding === 'gb18030' || encoding === 'big5';
  for (let lead = 0x80; lead < 0x100; lead += 1)
    if (!wide) table.set(decoder.decode(Uint8Array.of(lead)), [lead]);
    else
      for (let trail = 0x40; trail < 0xff; trail += 1) {
        const character = decoder.decode(Uint8Array.of(lead, trail));
        if ([...character].length === 1 && character !== '\uFFFD' && !table.has(character))
          table.set(character, [lead, trail]);
      }
  return Uint8Array.from([...text].flatMap((c) => (c < '\u0080' ? [c.charCodeAt(0)] : (table.get(c) ?? []))));
};

const utf16 = (text: string, order: 'le' | 'be', mark: boolean): Uint8Array => {
  const units = [...((mark ? '\uFEFF' : '') + text)].flatMap((c) => [...c].map((one) => one.charCodeAt(0)));
  return Uint8Array.from(
    units.flatMap((unit) => (order === 'le' ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff])),
  );
};

const CHINESE = '交易日期,摘要,收入金额,支出金额,余额,对方户名\n2024-01-05,转账,100.00,,100.00,龚欣妍\n';
const HONG_KONG = '交易日期,摘要,存入,支取,餘額\n2024-01-05,轉賬 陳大文,100.00,,100.00\n';

describe('telling encodings apart by content', () => {
  it.each([
    ['utf-8', bytesOf(CHINESE), CHINESE],
    ['utf-8 with BOM', bytes([0xef, 0xbb, 0xbf], CHINESE), CHINESE],
    ['gb18030', encode(CHINESE, 'gb18030'), CHINESE],
    ['big5', encode(HONG_KONG, 'big5'), HONG_KONG],
    ['utf-16le with BOM', utf16(CHINESE, 'le', true), CHINESE],
    ['utf-16be with BOM', utf16(CHINESE, 'be', true), CHINESE],
    ['utf-16le', utf16('Date\tAmount\n2024-01-05\t1.00\n', 'le', false), 'Date\tAmount\n2024-01-05\t1.00\n'],
    [
      'latin-1',
      encode('Histórico;Valor\n01/11/2012;Transferência Depósito Cartão\n', 'windows-1252'),
      'Histórico;Valor\n01/11/2012;Transferência Depósito Cartão\n',
    ],
    [
      'windows-1250',
      encode('Data;Opis\nPrzelew za usługę Łódź świadczenie\n', 'windows-1250'),
      'Data;Opis\nPrzelew za usługę Łódź świadczenie\n',
    ],
    [
      'windows-1251',
      encode('Дата;Описание\nПеревод средств\n', 'windows-1251'),
      'Дата;Описание\nПеревод средств\n',
    ],
  ])('%s', (encoding, source, text) => {
    expect(decodeText(source)).toMatchObject({ encoding, text });
  });

  it('knows the DOS pages of Central Europe', () => {
    // "jóváírás" in code page 852.
    const hungarian = bytes(
      'J',
      [0xa2],
      'v',
      [0xa0, 0xa1],
      'r',
      [0xa0],
      's ',
      'j',
      [0xa2],
      'v',
      [0xa0, 0xa1],
      'r',
      [0xa0],
      's utalv',
      [0xa0],
      'ny',
    );
    expect(decodeText(hungarian).text).toBe('Jóváírás jóváírás utalvány');
  });

  it('keeps a file with one broken byte and says that it is damaged', () => {
    const damaged = bytes('摘要：捐款修路，善路马岭社区', [0xff], '，多谢');
    expect(decodeText(damaged)).toMatchObject({ encoding: 'utf-8', flags: ['encoding_damaged'] });
  });

  it('believes a declaration that fits', () => {
    expect(
      decodeText(encode('<?xml version="1.0" encoding="ISO-8859-1"?><a>Zürich</a>', 'windows-1252')),
    ).toMatchObject({ encoding: 'latin-1', flags: [] });
    expect(
      decodeText(encode('<?xml version="1.0" encoding="GBK"?><a>某某银行</a>', 'gb18030')),
    ).toMatchObject({ encoding: 'gb18030' });
  });

  it('reads the same movements whatever the encoding', () => {
    for (const source of [
      bytesOf(CHINESE),
      encode(CHINESE, 'gb18030'),
      utf16(CHINESE, 'le', true),
      utf16(CHINESE, 'be', true),
    ])
      expect(briefs(readStatement(source))).toEqual(['2024-01-05 100.00 CNY']);
    expect(briefs(readStatement(encode(HONG_KONG, 'big5'), { currency: 'HKD' }))).toEqual([
      '2024-01-05 100.00 HKD',
    ]);
  });
});
