import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { LANGUAGES } from '@/lib/i18n/languages';
import { busy } from '@/lib/i18n/messages/busy';
import { busyPage } from '@/lib/server/busy-page';

test.each(LANGUAGES)('in %s it says what to do, and its policy lets in its own style alone', (lang) => {
  const { headers, body } = busyPage(lang, `/${lang}/roads?a=1&b="><script>`, false);
  expect(body).toContain(`<html lang="${lang}">`);
  expect(body).toContain(busy[lang].body);
  expect(body).toContain(`href="/${lang}/roads?a=1&#38;b=&#34;&#62;&#60;script&#62;"`);
  const style = /<style>([\s\S]*)<\/style>/.exec(body)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(headers['content-security-policy']).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(busyPage(lang, '/embed/x', true).headers['content-security-policy']).not.toContain(
    'frame-ancestors',
  );
});

test('after a form it asks to send it once more, and it links to no other host', () => {
  expect(busyPage('en', null, false).body).toContain(busy.en.form);
  for (const address of [null, '//evil.example', '/\\evil.example', 'https://evil.example', '*'])
    expect(busyPage('en', address, false).body.match(/href="[^"]*"/g)).toEqual(['href="/en"']);
});
