import { expect, test } from 'vitest';
import { deviceName } from '@/lib/auth/device.rules';
import { nameVisitor } from '@/lib/server/watch';

test('whoever does not say who they are is given a name that says nothing', () => {
  for (const agent of [undefined, '']) {
    const request = { headers: { ...(agent !== undefined && { 'user-agent': agent }) } };
    nameVisitor(request);
    expect(request.headers).toEqual({ 'user-agent': '-' });
  }
  const known = { headers: { 'user-agent': 'Mozilla/5.0 Firefox/140.0' } };
  nameVisitor(known);
  expect(known.headers['user-agent']).toBe('Mozilla/5.0 Firefox/140.0');
  expect(deviceName('-')).toBe(deviceName(undefined));
});
