import { describe, expect, it } from 'vitest';
import { langOfPath, negotiateLang, pathInLang } from '@/lib/i18n/request';

describe('the language of a visitor who named none', () => {
  it.each([
    ['zh-CN,zh;q=0.9', 'zh-Hans'],
    ['zh-HK,zh;q=0.9,en;q=0.8', 'zh-Hant'],
    ['zh-TW', 'zh-Hant'],
    ['zh-MO;q=0.4, en-GB;q=0.3', 'zh-Hant'],
    ['zh-Hant-CN', 'zh-Hant'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['yue', 'zh-Hant'],
    ['en-CA,fr;q=0.8', 'en'],
    ['fr, en;q=0.5, zh-TW;q=0.6', 'zh-Hant'],
    ['de-DE, fr', 'zh-Hans'],
    ['en;q=0, zh-HK;q=0.1', 'zh-Hant'],
    ['', 'zh-Hans'],
    ['*', 'zh-Hans'],
    [',,;q=,en;q=abc', 'en'],
  ] as const)('%s → %s', (accept, lang) => {
    expect(negotiateLang(undefined, accept)).toBe(lang);
  });

  it('is the remembered one before anything the browser says', () => {
    expect(negotiateLang('en', 'zh-CN')).toBe('en');
    expect(negotiateLang('klingon', 'zh-TW')).toBe('zh-Hant');
  });
});

describe('addresses', () => {
  it('name their language first', () => {
    expect(langOfPath('/en/ledger')).toBe('en');
    expect(langOfPath('/roads/ML-07')).toBeNull();
    expect(langOfPath('/')).toBeNull();
  });

  it('keep the page when the language changes', () => {
    expect(pathInLang('/en/roads/ML-07', 'zh-Hant')).toBe('/zh-Hant/roads/ML-07');
    expect(pathInLang('/en', 'zh-Hans')).toBe('/zh-Hans');
    expect(pathInLang('/nowhere', 'en')).toBe('/en');
  });
});
