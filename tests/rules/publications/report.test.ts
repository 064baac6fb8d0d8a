import { expect, test } from 'vitest';
import { contentIn } from '@/lib/i18n/convert';
import { decideCorrection, groupSmallCells } from '@/lib/publications/publication.rules';
import { packOf, PACK_ROWS, type ReportFigures } from '@/lib/disclosure/report.rules';

const cell = (channel: string, gifts: number, minor: bigint) => ({ channel, gifts, minor });
const one = (text: string) => ({ 'zh-Hans': text, 'zh-Hant': text, en: text });

test('ways with fewer than five gifts go into one line, and never alone', () => {
  expect(groupSmallCells([cell('bank', 9, 900n), cell('cash', 5, 50n)])).toHaveLength(2);
  expect(groupSmallCells([cell('bank', 9, 900n), cell('cash', 4, 40n), cell('card', 2, 7n)])).toEqual([
    cell('bank', 9, 900n),
    cell('other', 6, 47n),
  ]);
  expect(groupSmallCells([cell('bank', 9, 900n), cell('cash', 6, 60n), cell('card', 1, 7n)])).toEqual([
    cell('bank', 9, 900n),
    cell('other', 7, 67n),
  ]);
});

test('only a correction corrects, and only what is published', () => {
  expect(decideCorrection('progress_report', null).ok).toBe(true);
  expect(decideCorrection('progress_report', { status: 'published', sameCampaign: true }).ok).toBe(false);
  expect(decideCorrection('correction', null).ok).toBe(false);
  expect(decideCorrection('correction', { status: 'published', sameCampaign: true }).ok).toBe(true);
  expect(decideCorrection('correction', { status: 'published', sameCampaign: false }).ok).toBe(false);
  expect(decideCorrection('correction', { status: 'corrected', sameCampaign: true }).ok).toBe(false);
});

test('the report pack keeps the order of the form and says what is left', () => {
  const stages = { allocated: '0', committed: '0', unallocated: '0', returned: '0' };
  const figures = {
    at: { ...stages, received: '30000000', paid: '20268600', fees: '126313' },
    during: { ...stages, received: '1', paid: '2', fees: '3' },
  } as unknown as ReportFigures;
  const pack = packOf(
    { name: one('义演'), filingNo: null, legalHost: null, startsOn: '2023-09-16', endsOn: '2027-12-31' },
    null,
    figures,
  );
  expect(pack.map(({ row }) => row)).toEqual(PACK_ROWS);
  expect(pack.at(-1)).toEqual({ row: 'left', value: { kind: 'minor', minor: 9_605_087n } });
  expect(pack.find(({ row }) => row === 'filing')?.value).toBeNull();
});

test('Chinese written in one script is converted for readers of the other and said to be', () => {
  expect(contentIn('zh-Hant', one('质量保证金按合同留存。'))).toEqual({
    text: '質量保證金按合同留存。',
    lang: 'zh-Hant',
    how: 'converted',
  });
  expect(contentIn('zh-Hans', one('質量保證金按合同留存。')).text).toBe('质量保证金按合同留存。');
  expect(contentIn('en', one('质量保证金'))).toEqual({ text: '质量保证金', lang: 'zh-Hans', how: 'foreign' });
  expect(contentIn('zh-Hans', one('Retention'))).toMatchObject({ lang: 'en', how: 'foreign' });
  expect(contentIn('zh-Hant', { 'zh-Hans': '质保金', 'zh-Hant': '保固金', en: 'Retention' })).toEqual({
    text: '保固金',
    lang: 'zh-Hant',
    how: 'written',
  });
  expect(contentIn('zh-Hans', one('2024-06-30')).how).toBe('written');
});
