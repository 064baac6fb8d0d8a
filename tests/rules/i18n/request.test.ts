import { describe, expect, it } from 'vitest';
import { choiceAddress, readChoice } from '@/lib/i18n/choose.rules';
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

describe('a language chosen by hand', () => {
  it('leads to the same page, query included', () => {
    const address = choiceAddress('/en/roads', 'state=approved&q=a+b', 'zh-Hant');
    const to = new URL(address, 'http://own.invalid').searchParams.get('to');
    expect(readChoice(to)).toEqual({ path: '/zh-Hant/roads?state=approved&q=a+b', lang: 'zh-Hant' });
    expect(readChoice('/en')).toEqual({ path: '/en', lang: 'en' });
    expect(readChoice('/zh-Hans?kind=gift')).toEqual({ path: '/zh-Hans?kind=gift', lang: 'zh-Hans' });
  });

  it.each([
    null,
    '',
    'en',
    '//evil.invalid/en',
    '/\\evil.invalid',
    '/en\\..\\evil',
    'https://evil.invalid/en',
    '/nowhere',
    '/en\r\nSet-Cookie: a=b',
    `/en/${'a'.repeat(2_000)}`,
  ])('%j is no page of ours', (to) => {
    expect(readChoice(to)).toBeNull();
  });
});
