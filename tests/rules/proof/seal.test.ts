import { describe, expect, it } from 'vitest';
import { receiptPdf } from '@/lib/receipts/receipt-pdf.gateway';
import { commit, newSalt } from '@/lib/proof/commitment';
import { RECEIPT } from '../receipts/receipt-fixture';

type Opening = { domain: string; field: string; value: string; salt: string };
const { openSeals } = (await import(new URL('../../../public/verify-seal.mjs', import.meta.url).href)) as {
  openSeals: (leaf: object, part: { openings: Opening[] }) => Record<string, string>;
};
const { proofIn } = (await import(new URL('../../../public/verify-file.mjs', import.meta.url).href)) as {
  proofIn: (bytes: Uint8Array) => Promise<{ proof?: Uint8Array; privatePart?: Uint8Array }>;
};

const salts = { name: newSalt(), email: newSalt() };
const leaf = {
  commitments: {
    name: commit(salts.name, 'gift', 'name', '陳大文'),
    email: commit(salts.email, 'gift', 'email', 'chan@example.org'),
  },
};
const openings = [
  { domain: 'gift', field: 'name', value: '陳大文', salt: salts.name.toString('base64') },
  { domain: 'gift', field: 'email', value: 'chan@example.org', salt: salts.email.toString('base64') },
];

describe('the private part of a receipt', () => {
  it('opens what the leaf sealed, by means that share no code with the server', () => {
    expect(openSeals(leaf, { openings })).toEqual({ name: '陳大文', email: 'chan@example.org' });
  });

  it.each([
    ['another value', { ...openings[0], value: '陳小文' }],
    ['another salt', { ...openings[0], salt: newSalt().toString('base64') }],
    ['another domain', { ...openings[0], domain: 'pledge' }],
    ['a field the leaf does not have', { ...openings[0], field: 'phone' }],
    ['a short salt', { ...openings[0], salt: '' }],
  ])('does not open with %s', (_, wrong) =>
    expect(() => openSeals(leaf, { openings: [wrong as Opening] })).toThrow('sealed'),
  );

  it('travels inside the printed receipt beside the proof, and is found there byte for byte', async () => {
    const file = `c2sp.org/tlog-proof@v1\nextra ${'A'.repeat(400)}\nindex 131\n\norigin\n1\nroot\n\n— o AAAA\n`;
    const privatePart = `${JSON.stringify({ format: 'shanlu-openings@v1', gift: 'G-0095', openings }, null, 1)}\n`;
    const proof = RECEIPT.proof && { ...RECEIPT.proof, file };
    const { bytes } = await receiptPdf({ ...RECEIPT, proof, privatePart });
    const found = await proofIn(bytes);
    expect(Buffer.from(found.proof ?? []).toString()).toBe(file);
    expect(Buffer.from(found.privatePart ?? []).toString()).toBe(privatePart);
    expect(await proofIn((await receiptPdf(RECEIPT)).bytes)).toEqual({});
  });
});
