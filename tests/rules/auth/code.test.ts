import { expect, test } from 'vitest';
import fc from 'fast-check';
import { CODE_ALPHABET, codeFromBytes, groupedCode, readCode, readTotp } from '@/lib/auth/code.rules';

test('a code is read however people type it', () => {
  for (const typed of [
    'K7QM-3XTP',
    'k7qm3xtp',
    ' K7QM 3XTP ',
    'Ｋ７ＱＭ－３ＸＴＰ',
    'K7QM–3XTP',
    'k7 qm 3x tp\n',
  ])
    expect(readCode(typed, 8)).toBe('K7QM3XTP');
});

test.each([
  '',
  'K7QM3XT',
  'K7QM3XTPP',
  'K7QM3XT0',
  'K7QM3XTI',
  'K7QM3XT!',
  '𝟚7QM3XTP\u200b',
  'x'.repeat(100),
])('%j is no code', (typed) => {
  expect(readCode(typed, 8)).toBeNull();
});

test('what is printed is what is read', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), fc.constantFrom(8, 10), (bytes, length) => {
      const code = codeFromBytes(bytes, length);
      fc.pre(code !== null);
      expect(readCode(groupedCode(code ?? ''), length)).toBe(code);
    }),
  );
});

test('every letter is equally likely over all bytes', () => {
  const counts = new Map<string, number>();
  for (let byte = 0; byte < 256; byte += 1) {
    const letter = codeFromBytes(Uint8Array.of(byte), 1);
    if (letter !== null) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  expect(counts.size).toBe(CODE_ALPHABET.length);
  expect(new Set(counts.values()).size).toBe(1);
});

test('six digits and nothing else is a code of the authenticator', () => {
  expect(readTotp(' 123 456 ')).toBe('123456');
  expect(readTotp('１２３４５６')).toBe('123456');
  for (const typed of [
    '12345',
    '1234567',
    'abcdef',
    '１２３４５',
    '12345a',
    '',
    '-12345',
    '1e5000',
    '٠١٢٣٤٥',
  ])
    expect(readTotp(typed)).toBeNull();
});
