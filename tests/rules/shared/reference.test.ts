import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findReferences,
  formatReference,
  makeReference,
  nearReferences,
  readReference,
  serialOfReference,
} from '@/lib/shared/reference.rules';

const SYMBOLS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const FOLDED: Readonly<Record<string, string>> = { Z: '2', S: '5', B: '8', U: 'V' };
const fold = (symbol: string): string => FOLDED[symbol] ?? symbol;
const PREFIX = 2;
const serials = [0n, 1n, 2n, 17n, 480n, 999_999n, 27n ** 5n - 1n, 27n ** 5n, 27n ** 6n + 5n, 2n ** 63n - 1n];
const accepted = (typed: string): string | null => {
  const read = readReference(typed);
  return read.ok ? read.value : null;
};

describe('making a payment reference', () => {
  it('has the prefix, no confusable characters, and nine characters for the first 14 million', () => {
    for (const serial of serials)
      expect(makeReference(serial)).toMatch(/^SR[23456789ACDEFGHJKMNPQRTVWXY]{7,16}$/);
    expect(makeReference(14_348_906n)).toHaveLength(9);
    expect(makeReference(14_348_907n)).toHaveLength(10);
  });

  it('gives every serial its own reference, and the serial back', () => {
    const seen = new Set<string>();
    for (let serial = 0n; serial < 20_000n; serial += 1n) {
      const reference = makeReference(serial);
      expect(serialOfReference(reference)).toEqual({ ok: true, value: serial });
      seen.add(reference);
    }
    expect(seen.size).toBe(20_000);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (serial) => {
        expect(serialOfReference(makeReference(serial))).toEqual({ ok: true, value: serial });
      }),
    );
  });

  it('spreads neighbours apart: two pledges made one after the other never differ in one place only', () => {
    for (let serial = 0n; serial < 5_000n; serial += 1n) {
      const [a, b] = [makeReference(serial), makeReference(serial + 1n)];
      expect([...a].filter((symbol, place) => symbol !== b[place]).length).toBeGreaterThanOrEqual(2);
    }
  });

  it('agrees with ISO 7064 MOD 37-2 computed the other way round', () => {
    // The weighted sum, weights 2^n from the right, must be 1 modulo 37, the check character included.
    for (const serial of serials) {
      const sum = [...makeReference(serial)]
        .reverse()
        .reduce((total, symbol, power) => total + BigInt(SYMBOLS.indexOf(symbol)) * 2n ** BigInt(power), 0n);
      expect(sum % 37n).toBe(1n);
    }
  });
});

describe('reading a payment reference', () => {
  it('accepts spaces, hyphens, small letters, full-width letters, look-alikes and a missing prefix', () => {
    const reference = makeReference(4711n);
    const shown = formatReference(reference);
    expect(shown).toMatch(/^SR. ... ...$/);
    const wide = [...reference].map((c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)).join('');
    const typed = [
      shown,
      shown.toLowerCase(),
      shown.replaceAll(' ', '-'),
      wide,
      reference.slice(2),
      ` ${shown}\t`,
    ];
    for (const text of typed) expect(accepted(text), text).toBe(reference);
    for (let serial = 0n; serial < 300n; serial += 1n) {
      const plain = makeReference(serial);
      const misread = plain
        .slice(2)
        .replaceAll('2', 'Z')
        .replaceAll('5', 'S')
        .replaceAll('8', 'B')
        .replaceAll('V', 'U');
      expect(accepted(`SR${misread}`)).toBe(plain);
      expect(accepted(`5r${misread}`)).toBe(plain);
    }
  });

  it('says what is wrong', () => {
    const reference = makeReference(4711n);
    const causeOf = (typed: string): unknown => {
      const read = readReference(typed);
      return read.ok ? 'accepted' : [read.refusal.name, read.refusal.details?.['cause']];
    };
    expect(causeOf('')).toEqual(['reference_mistyped', 'length']);
    expect(causeOf(reference.slice(0, -1))).toEqual(['reference_mistyped', 'length']);
    expect(causeOf(`${reference.slice(0, -1)}0`)).toEqual(['reference_mistyped', 'character']);
    const last = reference.at(-1) === 'A' ? 'C' : 'A';
    expect(causeOf(reference.slice(0, -1) + last)).toEqual(['reference_mistyped', 'check']);
  });

  it('catches every single wrong character', () => {
    let tried = 0;
    for (const serial of [...serials, ...Array.from({ length: 200 }, (_, n) => BigInt(n * 7919))]) {
      const reference = makeReference(serial);
      for (let place = PREFIX; place < reference.length; place += 1)
        for (const symbol of SYMBOLS) {
          if (fold(symbol) === reference[place]) continue;
          expect(accepted(reference.slice(0, place) + symbol + reference.slice(place + 1))).toBeNull();
          tried += 1;
        }
    }
    expect(tried).toBeGreaterThan(50_000);
  });

  it('catches every swap of two neighbours', () => {
    let tried = 0;
    for (let serial = 0n; serial < 5_000n; serial += 1n) {
      const reference = makeReference(serial);
      for (let place = 1; place < reference.length - 1; place += 1) {
        const [a, b] = [reference[place] ?? '', reference[place + 1] ?? ''];
        if (a === b) continue;
        expect(accepted(reference.slice(0, place) + b + a + reference.slice(place + 2))).toBeNull();
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(30_000);
  });

  it('catches a wrong prefix and never throws on any text', () => {
    const reference = makeReference(99n);
    for (const symbol of SYMBOLS)
      for (const wrong of [`${symbol}R${reference.slice(2)}`, `S${symbol}${reference.slice(2)}`])
        if (!['SR', '5R'].includes(wrong.slice(0, 2))) expect(accepted(wrong)).toBeNull();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const read = accepted(text);
        if (read !== null) expect(accepted(read)).toBe(read);
        expect(findReferences(text).every((reference) => accepted(reference) === reference)).toBe(true);
        nearReferences(text);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('finding references in a bank remark', () => {
  const [ada, bayo] = [makeReference(3n), makeReference(28_000_000n)];

  it.each([
    ['alone', ada, [ada]],
    ['in Chinese', `善路捐款${ada}陈大文`, [ada]],
    ['grouped and small', `pledge ${formatReference(ada).toLowerCase()} thanks`, [ada]],
    ['glued to other text', `XXSVWZ+${ada}EREF+NOTPROVIDED`, [ada]],
    ['wrapped by the bank', `REF: ${ada.slice(0, 5)}\n${ada.slice(5)}`, [ada]],
    ['two of them', `${ada}/${bayo}`, [ada, bayo]],
    ['twice the same', `${ada} ${formatReference(ada)}`, [ada]],
    ['followed by digits', `${ada} 20260401 100.00`, [ada]],
    ['without its prefix', `善路 ${ada.slice(2)}`, [ada]],
    ['mistyped', `${ada.slice(0, -1)}${ada.endsWith('3') ? '4' : '3'}`, []],
    ['absent', 'SR. MARIA SANCHEZ, donation for the road', []],
    ['empty', '', []],
  ])('%s', (_, memo, expected) => {
    expect(findReferences(memo)).toEqual(expected);
  });

  it('takes no telephone, card or order number for a reference', () => {
    for (let number = 13_800_000_000; number < 13_800_004_000; number += 1)
      expect(findReferences(`电话${number} 订单 ${number % 10_000_000}`)).toEqual([]);
  });

  it('suggests the reference meant after one slip', () => {
    const swapped = ada.slice(0, 4) + (ada[5] ?? '') + (ada[4] ?? '') + ada.slice(6);
    const slipped = `${ada.slice(0, 6)}${ada[6] === 'K' ? 'M' : 'K'}${ada.slice(7)}`;
    for (const typed of [swapped, slipped, `${ada.slice(0, 3)}0${ada.slice(4)}`])
      if (typed !== ada) expect(nearReferences(typed)).toContain(ada);
  });
});
