import { expect, test } from 'vitest';
import { untranslated } from '@/app/[lang]/finance/campaigns/plan-words';

const text = (hans: string, hant = hans, en = hans) => ({ 'zh-Hans': hans, 'zh-Hant': hant, en });

test('what only repeats another wording is not translated yet', () => {
  expect(untranslated(text('马岭社区的道路'))).toEqual(['zh-Hant', 'en']);

  expect(untranslated(text('马岭社区的道路', '馬嶺社區的道路', 'Roads of Maling'))).toEqual([]);
  expect(untranslated(text('马岭社区的道路', '马岭社区的道路', 'Roads of Maling'))).toEqual(['zh-Hant']);
  expect(untranslated(text('马岭社区的道路', '馬嶺社區的道路', '马岭社区的道路'))).toEqual(['en']);
  expect(untranslated(text('Maling Roads Office'))).toEqual(['zh-Hans', 'zh-Hant']);
});

test('what both scripts write alike, an address and a number need no translation', () => {
  expect(untranslated(text('中山', '中山', 'Zhongshan'))).toEqual([]);
  for (const same of [
    'office@example.invalid',
    '+86 760 8888 8888',
    'https://example.invalid/x',
    '0000 1111',
  ])
    expect(untranslated(text(same))).toEqual([]);
});
