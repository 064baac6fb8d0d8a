import { deflateRawSync, deflateSync } from 'node:zlib';
import { utils, write } from '@e965/xlsx';
import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { acceptDocument, DOCUMENT_BYTES_MAX } from '@/lib/files/document.gateway';
import { sha256Hex } from '@/lib/files/hashing';
import { cases } from '../../support/bad-input';

const pdf = async (pages: number, pdfVersion: '1.4' | '1.7' = '1.7'): Promise<Buffer> => {
  const document = new PDFDocument({ pdfVersion, autoFirstPage: false });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.once('end', resolve));
  for (let page = 1; page <= pages; page += 1) document.addPage().text(`/Type /Page ${page}`);
  document.end();
  await ended;
  return Buffer.concat(chunks);
};

type Zipped = { name: string; data: Buffer; unpackedSize?: number; flags?: number };

const zip = (...files: Zipped[]): Buffer => {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, data, unpackedSize = data.length, flags = 0 } of files) {
    const packed = deflateRawSync(data);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(unpackedSize, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const head = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name)]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fields, place, Buffer.from(name)]));
    local.push(head, packed);
    offset += head.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
};

const file = (name: string, unpackedSize?: number): Zipped => ({
  name,
  data: Buffer.from('<x/>'),
  ...(unpackedSize !== undefined && { unpackedSize }),
});
const XLSX_PARTS = [file('[Content_Types].xml'), file('xl/workbook.xml')];

const verdict = (bytes: Uint8Array): string => {
  const result = acceptDocument(bytes);
  if (result.ok) return `${result.value.kind} ${String(result.value.pages)}`;
  return `${result.refusal.name} ${String(result.refusal.details?.['reason'] ?? '')}`.trim();
};

const rawPdf = (body: string): Buffer =>
  Buffer.from(`%PDF-1.7\n${body}\ntrailer<</Root 1 0 R>>\n%%EOF\n`, 'latin1');

describe('a document', () => {
  it.each([1, 3, 120])('in PDF with %i pages is taken and its pages counted', async (pages) => {
    for (const version of ['1.4', '1.7'] as const) {
      const bytes = await pdf(pages, version);
      expect(acceptDocument(bytes)).toEqual({
        ok: true,
        value: {
          sha256: sha256Hex(bytes),
          size: bytes.length,
          kind: 'pdf',
          mediaType: 'application/pdf',
          pages,
        },
      });
    }
  });

  it('in PDF with its objects packed away is counted too', () => {
    const objects =
      '2 0 3 60 << /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >> << /Type /Page /Parent 2 0 R >>';
    const stream = Buffer.concat([
      Buffer.from('%PDF-1.5\n5 0 obj << /Type /ObjStm /N 2 /First 9 /Filter /FlateDecode >> stream\n'),
      deflateSync(Buffer.from(objects)),
      Buffer.from('\nendstream endobj\n%%EOF'),
    ]);
    expect(verdict(stream)).toBe('pdf 2');
  });

  it('may be a scan, a bill of quantities or an electronic invoice', async () => {
    const noise = sharp({ create: { width: 300, height: 400, channels: 3, background: '#eee' } });
    expect(verdict(await noise.clone().jpeg().toBuffer())).toBe('jpeg 1');
    expect(verdict(await noise.clone().png().toBuffer())).toBe('png 1');
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([['混凝土 C30', 12.5]]), '工程量清单');
    expect(verdict(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)).toBe('xlsx null');
    expect(verdict(zip(file('OFD.xml'), file('Doc_0/Document.xml')))).toBe('ofd null');
  });

  it.each<[string, Uint8Array, string]>(
    cases('documents', [
      ['nothing', Buffer.alloc(0), 'file_unreadable empty'],
      ['20 MB and a byte', Buffer.alloc(DOCUMENT_BYTES_MAX + 1), 'file_too_large'],
      ['HTML', Buffer.from('<html>'), 'file_type_refused markup'],
      ['an old Word document', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file_type_refused unknown'],
      ['a program', Buffer.from('MZ\x90\0'), 'file_type_refused unknown'],
      ['a PDF cut off', Buffer.from('%PDF-1.7\n1 0 obj'), 'file_unreadable truncated'],
      [
        'a PDF with JavaScript',
        rawPdf('1 0 obj <</S /JavaScript /JS (app.alert(1))>> endobj'),
        'file_type_refused active_content',
      ],
      [
        'a PDF that writes JavaScript otherwise',
        rawPdf('1 0 obj <</S /J#61vaScript>> endobj'),
        'file_type_refused active_content',
      ],
      [
        'a PDF that starts a program',
        rawPdf('1 0 obj <</S /Launch /F (cmd.exe)>> endobj'),
        'file_type_refused active_content',
      ],
      ['a plain ZIP', zip(file('a.txt')), 'file_type_refused zip'],
      [
        'a Word document',
        zip(file('[Content_Types].xml'), file('word/document.xml')),
        'file_type_refused zip',
      ],
      [
        'a spreadsheet with macros',
        zip(...XLSX_PARTS, file('xl/vbaProject.bin')),
        'file_type_refused active_content',
      ],
      [
        'a spreadsheet with a program in it',
        zip(...XLSX_PARTS, file('xl/embeddings/a.exe')),
        'file_type_refused active_content',
      ],
      [
        'a spreadsheet that unpacks to 3 GB',
        zip(...XLSX_PARTS, file('xl/sheet1.xml', 3e9)),
        'file_too_large unpacked',
      ],
      [
        'a locked spreadsheet',
        zip({ ...file('[Content_Types].xml'), flags: 1 }, file('xl/workbook.xml')),
        'file_unreadable zip',
      ],
      ['a spreadsheet cut off', zip(...XLSX_PARTS).subarray(0, -5), 'file_unreadable zip'],
      ['a ZIP that says it has 60,000 entries', withCount(zip(file('a')), 60_000), 'file_unreadable zip'],
    ]).map(([name, bytes, said]): [string, Uint8Array, string] => [
      name as string,
      bytes as Uint8Array,
      said as string,
    ]),
  )('that is %s is refused', (_name, bytes, expected) => expect(verdict(bytes)).toBe(expected));

  it('with settings of a printer is still a spreadsheet', () => {
    expect(verdict(zip(...XLSX_PARTS, file('xl/printerSettings/printerSettings1.bin')))).toBe('xlsx null');
  });

  it('is judged in little time, however it is made', () => {
    const started = process.cpuUsage();
    const size = 15 * 1024 * 1024;
    for (const filler of [
      'stream\n',
      '/ObjStm stream\n',
      '/Type /Pages ',
      '/Count 1 ',
      '<< /Type /Page >> ',
      'endobj ',
    ])
      verdict(rawPdf(filler.repeat(Math.floor(size / filler.length))));
    const bomb = deflateSync(Buffer.alloc(300_000_000));
    const packed = Buffer.concat([
      Buffer.from('%PDF-1.5\n'),
      ...Array.from({ length: 20 }, () =>
        Buffer.concat([
          Buffer.from('1 0 obj << /Type /ObjStm >> stream\n'),
          bomb,
          Buffer.from('\nendstream endobj\n'),
        ]),
      ),
      Buffer.from('%%EOF'),
    ]);
    expect(verdict(packed)).toBe('pdf null');
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(15_000);
  });
});

function withCount(bytes: Buffer, count: number): Buffer {
  bytes.writeUInt16LE(count, bytes.length - 12);
  return bytes;
}
