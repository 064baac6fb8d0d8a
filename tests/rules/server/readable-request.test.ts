import { expect, test } from 'vitest';
import { readRequestLine, type RequestLine } from '@/lib/server/readable-request.rules';

const read = (over: Partial<RequestLine>) =>
  readRequestLine({ method: 'GET', address: '/en', httpVersion: '1.1', hosts: ['shanlu.test'], ...over });

test.each<[string, Partial<RequestLine>, string | number]>([
  ['a path', { address: '/zh-Hans/roads/%E7%A6%BE?a=%zz' }, '/zh-Hans/roads/%E7%A6%BE?a=%zz'],
  ['no host, as HTTP/1.0 has it', { httpVersion: '1.0', hosts: [] }, '/en'],
  ['the whole address', { address: 'HTTP://Shanlu.test/en?x=1' }, '/en?x=1'],
  ['the whole address without a path', { address: 'https://shanlu.test?x=1' }, '/?x=1'],
  ['the whole address of another host', { address: 'http://evil.example/en' }, 400],
  ['an address with a name in it', { address: 'http://me@shanlu.test/en' }, 400],
  ['an address that only begins like ours', { address: 'http://shanlu.test.evil.example/en' }, 400],
  ['the whole address without a host', { address: 'http://shanlu.test/en', hosts: [] }, 400],
  ['a star', { address: '*' }, 400],
  ['a host alone', { address: 'shanlu.test:443' }, 400],
  ['percent signs that spell nothing', { address: '/en/%E7%A6' }, 400],
  ['two hosts', { hosts: ['shanlu.test', 'shanlu.test'] }, 400],
  ['another method', { method: 'TRACE' }, 501],
  ['another version', { httpVersion: '0.9' }, 505],
])('%s', (_name, line, comesOf) => {
  const result = read(line);
  expect('address' in result ? result.address : result.status).toBe(comesOf);
});
