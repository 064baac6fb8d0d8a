import { expect, test } from 'vitest';
import { wokenLater } from '@/lib/server/woken-later';

const NONCE = ' nonce="abc=="';

test('a page that waits for its reader names its scripts for later and keeps everything else', () => {
  const html =
    `<html><head><link rel="stylesheet" href="/_next/a.css"${NONCE}/>` +
    `<link rel="preload" as="script" href="/_next/b.js"${NONCE}/>` +
    `<script src="/_next/a.js" async=""${NONCE}></script></head><body><p>$&</p>` +
    `<script src="/_next/old.js" noModule=""${NONCE}></script><script${NONCE} id="_R_">x</script>` +
    `<script src="/_next/b.js"${NONCE} async=""></script></body></html>`;
  expect(wokenLater(html)).toBe(
    `<html><head><link rel="stylesheet" href="/_next/a.css"${NONCE}/>` +
      `<script type="module" src="/wake.mjs"${NONCE} data-wakes="/_next/a.js /_next/b.js"></script></head>` +
      `<body><p>$&</p><script src="/_next/old.js" noModule=""${NONCE}></script>` +
      `<script${NONCE} id="_R_">x</script></body></html>`,
  );
});

test('a page without the framework’s script stays as it is', () => {
  const html = '<html><head></head><body><script src="/map.mjs" type="module"></script></body></html>';
  expect(wokenLater(html)).toBe(html);
});
