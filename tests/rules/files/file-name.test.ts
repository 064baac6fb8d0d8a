import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { downloadHeaders, extensionOf, publicPictureHeaders } from '@/lib/files/download.rules';
import { contentDisposition, safeFileName } from '@/lib/files/file-name.rules';
import { contractData } from '../../support/contract-data';
import { cases } from '../../support/bad-input';

const NAUGHTY = JSON.parse(readFileSync(contractData('text', 'blns', 'blns.json'), 'utf8')) as string[];
const XSS = readFileSync(contractData('text', 'xss', 'xss-payloads-first300.txt'), 'utf8').split('\n');

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

/** What every name that leaves us has to be, whatever came in. */
const expectSafe = (name: string): void => {
  expect(name).not.toMatch(/[/\\<>:"|?*%]|\p{Cc}|\p{Cf}|[\u2028\u2029]/u);
  expect(name).not.toMatch(/^[.\s]|[.\s]$/u);
  expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)\./i);
  expect(bytesOf(name)).toBeLessThanOrEqual(200);
  expect(name.length).toBeGreaterThan(4);
  expect(name.isWellFormed()).toBe(true);
};

describe('a file name', () => {
  it.each(
    cases('file-names', [
      ['验收单 ML-07.pdf', '验收单 ML-07.pdf'],
      ['合同（第二版）.PDF', '合同（第二版）.pdf'],
      ['../../etc/passwd', 'passwd.pdf'],
      ['C:\\fakepath\\发票.pdf', '发票.pdf'],
      ['photo.jpg.exe', 'photo_jpg_exe.pdf'],
      ['invoice.exe', 'invoice_exe.pdf'],
      ['a\u202efdp.exe', 'afdp_exe.pdf'],
      ['发\u200b票\u0000.pdf', '发票.pdf'],
      ['.htaccess', 'htaccess.pdf'],
      ['...', 'file.pdf'],
      ['', 'file.pdf'],
      ['CON', 'file_CON.pdf'],
      ['nul.pdf', 'file_nul.pdf'],
      ['com1.txt', 'com1_txt.pdf'],
      ['a/b', 'b.pdf'],
      ['报告 3.2 版', '报告 3.2 版.pdf'],
      ['第 3.段', '第 3.段.pdf'],
      ['a\r\nSet-Cookie: x=1', 'aSet-Cookie_ x=1.pdf'],
      ['<img src=x onerror=alert(1)>.pdf', '_img src=x onerror=alert(1)_.pdf'],
      ['善路%00.pdf', '善路_00.pdf'],
      [' \t ', 'file.pdf'],
      ['..', 'file.pdf'],
      ['.', 'file.pdf'],
      ['/', 'file.pdf'],
      ['\\', 'file.pdf'],
      ['../', 'file.pdf'],
      ['..\\..\\x.pdf', 'x.pdf'],
      ['/etc/shadow', 'shadow.pdf'],
      ['....//x', 'x.pdf'],
      ['a/../b.pdf', 'b.pdf'],
      ['a/b/c/d.pdf', 'd.pdf'],
      ['~/x.pdf', 'x.pdf'],
      ['file:///x.pdf', 'x.pdf'],
      ['\\\\server\\share\\x.pdf', 'x.pdf'],
      ['x.pdf/', 'file.pdf'],
      ['x\u0000.pdf', 'x.pdf'],
      ['x.pdf\u0000.exe', 'x_pdf_exe.pdf'],
      ['\u202efdp.x', 'fdp_x.pdf'],
      ['x\u2066\u2069.pdf', 'x.pdf'],
      ['x\u200e.pdf', 'x.pdf'],
      ['x\u00ad.pdf', 'x.pdf'],
      ['\ufeffx.pdf', 'x.pdf'],
      ['x\u2028y.pdf', 'xy.pdf'],
      ['x\ny.pdf', 'xy.pdf'],
      ['x\u007f.pdf', 'x.pdf'],
      ['x\ud800.pdf', 'x.pdf'],
      ['AUX.pdf', 'file_AUX.pdf'],
      ['prn', 'file_prn.pdf'],
      ['COM9.pdf', 'file_COM9.pdf'],
      ['LPT1', 'file_LPT1.pdf'],
      ['con ', 'file_con.pdf'],
      ['x.', 'x.pdf'],
      ['x . ', 'x.pdf'],
      [' x.pdf', 'x.pdf'],
      ['x.pdf ', 'x.pdf'],
      ['x:y.pdf', 'x_y.pdf'],
      ['x.pdf:ads', 'x.pdf_ads.pdf'],
      ['x|y>z<w?.pdf', 'x_y_z_w_.pdf'],
      ['"x".pdf', '_x_.pdf'],
      ['x*.pdf', 'x_.pdf'],
      ['%2e%2e%2fx.pdf', '_2e_2e_2fx.pdf'],
      ['x;rm -rf.pdf', 'x;rm -rf.pdf'],
    ] as const),
  )('%j is offered as %j', (given, offered) => {
    expect(safeFileName(given, 'pdf')).toBe(offered);
    expectSafe(safeFileName(given, 'pdf'));
  });

  it('is cut between characters at 200 bytes', () => {
    const name = safeFileName(`${'路'.repeat(300)}.pdf`, 'pdf');
    expect(name).toBe(`${'路'.repeat(65)}.pdf`);
    expect(bytesOf(safeFileName('👨‍👩‍👧'.repeat(100), 'xlsx'))).toBeLessThanOrEqual(200);
  });

  it('is safe for every naughty string and anything else', () => {
    for (const given of [...NAUGHTY, ...XSS]) expectSafe(safeFileName(given, 'jpg'));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) =>
        expectSafe(safeFileName(given, 'xlsx')),
      ),
      {
        numRuns: 3000,
      },
    );
  });
});

describe('Content-Disposition', () => {
  it('carries Chinese for new readers and something harmless for old ones', () => {
    expect(contentDisposition('验收单 ML-07.pdf')).toBe(
      `attachment; filename="___ ML-07.pdf"; filename*=UTF-8''%E9%AA%8C%E6%94%B6%E5%8D%95%20ML-07.pdf`,
    );
    expect(contentDisposition(`"it's" (1).pdf`)).toBe(
      `attachment; filename="_it's_ (1).pdf"; filename*=UTF-8''%22it%27s%22%20%281%29.pdf`,
    );
  });

  it('can be put into a header whatever the name is, and reads back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (given) => {
        const name = safeFileName(given, 'pdf');
        const value = contentDisposition(name);
        expect(value).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[A-Za-z0-9%._~-]*$/);
        expect(new Headers({ 'content-disposition': value }).get('content-disposition')).toBe(value);
        expect(decodeURIComponent(value.slice(value.lastIndexOf("'") + 1))).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the headers of a download', () => {
  const file = { sha256: 'ab'.repeat(32), size: 12, mediaType: 'application/pdf', fileName: '合同.pdf' };

  it('let nothing in it run, load, be framed or be guessed at', () => {
    expect(downloadHeaders(file)).toEqual({
      'content-type': 'application/pdf',
      'content-length': '12',
      'content-disposition': `attachment; filename="__.pdf"; filename*=UTF-8''%E5%90%88%E5%90%8C.pdf`,
      etag: `"${'ab'.repeat(32)}"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
  });

  it('never say a type that a browser would run', () => {
    for (const mediaType of [
      'text/html',
      'image/svg+xml',
      'application/xhtml+xml',
      'text/javascript',
      'x\r\ny: z',
    ])
      expect(downloadHeaders({ ...file, mediaType })).toMatchObject({
        'content-type': 'application/octet-stream',
        'content-disposition': expect.stringContaining('.bin') as string,
      });
    expect(extensionOf('text/html')).toBe('bin');
  });

  it('of a public picture let a page show it and caches keep it for a day', () => {
    expect(publicPictureHeaders({ sha256: 'cd'.repeat(32), size: 9, mediaType: 'image/webp' })).toMatchObject(
      {
        'content-type': 'image/webp',
        'content-disposition': `inline; filename="cdcdcdcdcdcdcdcd.webp"; filename*=UTF-8''cdcdcdcdcdcdcdcd.webp`,
        'cache-control': 'public, max-age=86400',
        'x-content-type-options': 'nosniff',
      },
    );
  });
});
