import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cutText,
  graphemeCount,
  isolate,
  NAME_GRAPHEMES_MAX,
  readName,
  readText,
  showable,
} from '@/lib/shared/names';
import { contractData } from '../../support/contract-data';

const reasonOf = (typed: string): unknown => {
  const result = readName(typed);
  return result.ok ? null : [result.refusal.name, result.refusal.details?.['reason']];
};

const NAUGHTY = JSON.parse(readFileSync(contractData('text', 'blns', 'blns.json'), 'utf8')) as string[];

describe('a name', () => {
  for (const name of [
    '林太太（温哥华）',
    '陳大文',
    '欧阳·娜娜',
    'Chan Tai-man, Ada',
    "Siobhán O'Connor",
    'Nguyễn Thị Ánh',
    '何家五口（澳門）',
    'محمد بن سلمان',
    'สมชาย ใจดี',
    'ஜெயலலிதா',
    'می‌خواهم',
    'श्री क्ष्‍म',
    '𠮷田',
    '葛\u{e0100}城',
    '隐名氏 2',
    'X Æ A-12',
    '中山市○○有限公司',
    '黄❤️',
    '李👨‍👩‍👧',
    '3',
  ])
    it(`is stored as typed: ${name}`, () =>
      expect(readName(name)).toEqual({ ok: true, value: name.normalize('NFC') }));

  it('is put into one normal form and loses white space and marks of nothing at its ends', () => {
    expect(readName('\ufeff \u3000Zoe\u0308 \u200b\n')).toEqual({ ok: true, value: 'Zoë' });
  });

  it.each([
    ['', 'text_empty'],
    [' \u3000\t\u200b', 'text_empty'],
    ['张\u0000三', 'text_control_characters'],
    ['张\n三', 'text_control_characters'],
    ['张\u2028三', 'text_control_characters'],
    ['张\u200b三', 'text_invisible_characters'],
    ['张\u00ad三', 'text_invisible_characters'],
    ['张\u200d三\u200dx \u200d', 'text_invisible_characters'],
    ['张\u3164', 'text_invisible_characters'],
    ['\u2800\u2800', 'text_invisible_characters'],
    ['张\u200e三', 'text_invisible_characters'],
    ['张\u{e0041}三', 'text_invisible_characters'],
    ['\u202e三张', 'text_direction'],
    ['张\u2067三', 'text_direction'],
    ['张\ud800三', 'text_broken_characters'],
    ['张\uffff三', 'text_broken_characters'],
    ['张\ue000', 'text_private_characters'],
    [`Z${'\u0310'.repeat(12)}algo`, 'text_too_many_marks'],
    ['!!! —— ···', 'text_no_letter'],
    ['😀', 'text_no_letter'],
    ['张'.repeat(NAME_GRAPHEMES_MAX + 1), 'text_too_long'],
    ['a'.repeat(10_000), 'text_too_long'],
  ])('is refused with its reason: %j', (typed, reason) =>
    expect(reasonOf(typed)).toEqual(['invalid_input', reason]),
  );

  it('may have 80 characters as people count them', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(graphemeCount(family.repeat(79) + '林')).toBe(80);
    expect(readName(family.repeat(79) + '林').ok).toBe(true);
  });

  it('from the list of naughty strings is stored exactly or refused, never changed', () => {
    let stored = 0;
    for (const typed of NAUGHTY) {
      const result = readName(typed);
      if (result.ok) {
        expect(result.value).toBe(typed.normalize('NFC').trim());
        stored += 1;
      } else expect(result.refusal.name).toBe('invalid_input');
      const text = readText(typed);
      if (text.ok) expect(text.value).toBe(typed.normalize('NFC').replaceAll('\r\n', '\n').trim());
    }
    expect(NAUGHTY.length).toBeGreaterThan(400);
    expect(stored).toBeGreaterThan(200);
  });

  it('read twice is the same name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const once = readName(typed);
        if (once.ok) expect(readName(once.value)).toEqual(once);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a longer text', () => {
  it('keeps lines and tabs and may be empty', () => {
    expect(readText(' 愿乡亲\r\n出入平安\t\n ')).toEqual({ ok: true, value: '愿乡亲\n出入平安' });
    expect(readText(' \n')).toEqual({ ok: true, value: '' });
  });

  it('is refused when it would turn its surroundings around or hide something', () => {
    for (const typed of ['a\u202eb', 'a\u0000b', 'a\u001bb', 'a\ud800', 'x'.repeat(501)])
      expect(readText(typed).ok, JSON.stringify(typed)).toBe(false);
  });
});

describe('showing', () => {
  it('keeps text from outside in its place', () => {
    expect(isolate('محمد')).toBe('\u2068محمد\u2069');
    expect(isolate('a\u2069b')).toBe('\u2068ab\u2069');
    expect(showable('ACME\u202e\u0007\nLtd\ud800')).toBe('ACME\uFFFD\uFFFD Ltd\uFFFD');
    expect(showable('李👨‍👩‍👧 葛\u{e0100}')).toBe('李👨‍👩‍👧 葛\u{e0100}');
  });

  it('cuts between characters', () => {
    expect(cutText('马岭社区道路', 4)).toBe('马岭社…');
    expect(cutText('马岭', 4)).toBe('马岭');
    expect(cutText('👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 2)).toBe('👨‍👩‍👧…');
  });
});
