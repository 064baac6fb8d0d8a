import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROUTES, routeOf } from '@/lib/server/routes.rules';

test('every page and route of app/ is in the list, and nothing else', () => {
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' }).map((file) =>
    file.replaceAll('\\', '/'),
  );
  const found = files.flatMap((file) => {
    const folder = /^(.*?)\/?(?:page\.tsx|route\.ts)$/.exec(file)?.[1];
    return folder === undefined
      ? []
      : [`/${folder.replaceAll(/\([a-z-]+\)\/?/g, '')}`.replace(/(.)\/$/, '$1')];
  });
  expect([...ROUTES].toSorted()).toEqual([...new Set(found)].toSorted());
});

test.each([
  ['/en/me/gifts/G-0001?lang=en', '/[lang]/me/gifts/[code]'],
  ['/en/finance/roads/import', '/[lang]/finance/roads/import'],
  ['/en/finance/roads/ML-07', '/[lang]/finance/roads/[code]'],
  ['/en/finance/roads/ML-07/change/letters', '/[lang]/finance/roads/[code]/change/letters'],
  ['/zh-Hans', '/[lang]'],
  ['/api/v1/roads/ML-07', '/api/v1/[[...path]]'],
  ['/api/v1', '/api/v1/[[...path]]'],
  ['/api/auth/callback/email', '/api/auth/[...nextauth]'],
  ['/log/tile/0/1', '/log/[...path]'],
  ['/en/wang-xiaoming@example.org', '/[lang]/[...missing]'],
  ['/王小明', '/[lang]'],
  ['', 'nowhere'],
  ['*', 'nowhere'],
])('%s belongs to %s', (url, route) => {
  expect(routeOf(url)).toBe(route);
});
