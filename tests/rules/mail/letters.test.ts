import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '@/lib/i18n/languages';
import { letterHtml, letterText } from '@/lib/mail/letter.rules';
import { composeLetter, letterSignature } from '@/lib/mail/letters';
import type { MailContent } from '@/lib/mail/mail';
import { money } from '@/lib/shared/money';

const HOSTILE = '<script>alert(1)</script>"&\'{x}\r\nBcc: eve@evil.example';
const URL = 'https://shanlu.example.org';

const MAILS: readonly MailContent[] = [
  { template: 'card_alarm', data: { declined: 12, paid: 3 } },
  {
    template: 'sign_in',
    data: { code: 'K7QM-3XTP', url: `${URL}/en/sign-in/confirm#abc`, device: 'Firefox · Linux' },
  },
  ...(
    [
      'second_factor_set_up',
      'second_factor_reset',
      'recovery_code_used',
      'recovery_codes_renewed',
      'role_granted',
      'role_revoked',
    ] as const
  ).map((what): MailContent => ({
    template: 'account_notice',
    data: { what, at: new Date('2024-06-28T08:20:00Z'), role: 'approver' },
  })),
  {
    template: 'pledge_thanks',
    data: {
      campaign: HOSTILE,
      reference: 'SR4K7M2PX',
      amount: money('CNY', 123456n),
      road: HOSTILE,
      instalments: [
        { dueOn: '2024-07-01', amount: money('CNY', 23456n) },
        { dueOn: '2024-08-01', amount: money('CNY', 100000n) },
      ],
      transfer: {
        accountName: HOSTILE,
        bank: '中国银行',
        accountNumber: '7200 1234',
        reference: 'SR4K7M2PX',
      },
      url: `${URL}/en/pledges/x`,
    },
  },
  {
    template: 'pledge_reminder',
    data: {
      campaign: HOSTILE,
      reference: 'SR4K7M2PX',
      due: money('HKD', 50000n),
      dueOn: '2024-07-01',
      overdue: true,
      transfer: null,
      url: `${URL}/en/pledges/x`,
      stopUrl: `${URL}/api/letters/stop?t=x`,
    },
  },
  ...(['#PC-0001.G-0095.x3Zk', '/PC-0001.G-0095.x3Zk'] as const).map((token): MailContent => ({
    template: 'use_change',
    data: {
      campaign: HOSTILE,
      change: 'PC-0001',
      gift: 'G-0095',
      road: `ML-07 ${HOSTILE}`,
      kind: 'cancelled',
      reason: HOSTILE,
      amount: money('CNY', 50_000n),
      toRoad: null,
      silence: 'return',
      deadline: '2024-07-01',
      // The second as letters had it that may still wait to be sent.
      url: `${URL}/en/consent${token}`,
    },
  })),
  {
    template: 'payment_failed',
    data: {
      campaign: HOSTILE,
      amount: money('CNY', 50_000n),
      reference: 'SR4K7M2PX',
      url: `${URL}/en/give/card`,
    },
  },
  ...(['started', 'inspected', 'accepted'] as const).map((what): MailContent => ({
    template: 'road_news',
    data: {
      campaign: HOSTILE,
      road: 'ML-07',
      roadName: HOSTILE,
      what,
      on: '2024-06-28',
      gift: 'G-0095',
      roadUrl: `${URL}/en/roads/ML-07`,
      giftUrl: `${URL}/en/gifts/G-0095`,
      photograph: { sha256: 'a'.repeat(64), takenOn: '2024-06-27' },
      stopUrl: `${URL}/api/letters/stop?t=x`,
    },
  })),
  {
    template: 'dispute',
    data: {
      campaign: HOSTILE,
      gift: 'G-0095',
      amount: money('CNY', 1n),
      on: '2024-06-28',
      url: `${URL}/en/gifts/G-0095`,
    },
  },
  {
    template: 'receipt',
    data: {
      campaign: HOSTILE,
      number: 'R-2024-0001',
      amount: money('CNY', 9_007_199_254_740_993_12n),
      receivedOn: '2024-06-28',
      receiptUrl: `${URL}/en/receipts/x`,
      giftUrl: `${URL}/en/gifts/x`,
      receiptId: '00000000-0000-7000-8000-000000000000',
    },
  },
  {
    template: 'log_head',
    data: {
      checkpoint:
        'shanlu.example.org/log\n684\nn7aRqRVGJxfk7l3RVdfAT5KA4Q7eRJYomTJAZka90hs=\n\n— shanlu.example.org/log AAAA\n',
      size: '684',
      signedAt: new Date('2024-06-30T15:05:00Z'),
      keys: ['shanlu.example.org/log+7c1e90b2+AAAA'],
    },
  },
];

describe.each(LANGUAGES)('in %s', (lang) => {
  test.each(MAILS.map((mail) => [mail.template, mail] as const))(
    '%s can be read as text and as HTML',
    (_name, mail) => {
      const letter = composeLetter(mail, lang, URL);
      const text = letterText(letter, letterSignature(lang));
      const html = letterHtml(letter, letterSignature(lang), lang);
      expect(letter.subject).not.toMatch(/[\r\n]/);
      expect(letter.subject.length).toBeGreaterThan(3);
      expect(html).not.toContain('<script>');
      expect(html).toContain(`<html lang="${lang}">`);
      expect(html).not.toMatch(/src="(?!cid:)|url\(|@import/);
      expect(text).not.toMatch(/undefined|null|\[object|notice\.|signIn\./);
      expect(text).toMatchSnapshot();
    },
  );
});

test('amounts keep every fen, also beyond what a JavaScript number holds', () => {
  const mail = MAILS.find((one) => one.template === 'receipt')!;
  expect(composeLetter(mail, 'en', URL).subject).toContain('¥9,007,199,254,740,993.12');
});
