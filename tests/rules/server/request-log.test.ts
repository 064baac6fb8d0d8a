import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { nameRequest, placeOf } from '@/lib/server/request-log';

test.each([
  ['/zh-Hans/roads/ML-07?lang=en', '/zh-Hans/roads/*'],
  ['/en/finance/gifts/G-0001', '/en/finance/gifts'],
  ['/api/letters/stop?token=eyJ', '/api/letters/stop'],
  ['/en/sign-in/confirm?token=x3Zk', '/en/sign-in/confirm'],
  ['/en/consent/PC-0001.G-0001.x3Zk', '/en/consent/*'],
  ['/r/Zk3xTokenOfAReceipt', '/r/*'],
  ['/en/me/someone@example.org', '/en/me/*'],
  ['/%E6%9D%8E', '/*'],
  ['/', '/'],
])('of %s the log says %s', (url, said) => {
  expect(placeOf(url)).toBe(said);
});

test.each([
  ['the proxy’s own id, where there is a proxy', 1, 'f00dcafe-0123', 'f00dcafe-0123'],
  ['an id of ours, where there is none', 0, 'f00dcafe-0123', /^[0-9a-f-]{36}$/],
  ['an id of ours, for one that is not an id', 1, 'a b', /^[0-9a-f-]{36}$/],
])('an answer tells %s', async (_, proxies, given, told) => {
  const server = createServer((request, response) => {
    nameRequest(request, response, proxies);
    response.end(request.headers['x-request-id']);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { 'X-Request-Id': given } });
  const id = answer.headers.get('x-request-id');
  expect(await answer.text()).toBe(id);
  if (typeof told === 'string') expect(id).toBe(told);
  else expect(id).toMatch(told);
  server.closeAllConnections();
  server.close();
});
