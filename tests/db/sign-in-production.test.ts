process.env['ALLOW_STANDINS'] = '0';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newWorld, type World } from '../support/people';

let world: World;
beforeAll(async () => {
  world = await newWorld();
});
afterAll(() => world.close());

test('where stand-ins are not allowed, nobody is entered with an authenticator known beforehand', async () => {
  await import('../support/settings');
  const { refused, done } = await import('../support/act');
  const { enrolPerson } = await import('@/lib/auth/person.commands');
  const form = { email: 'p@example.invalid', name: 'P', lang: 'en', roles: ['clerk'] };
  const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  await refused(world.db, enrolPerson, { ...form, totpSecret }, world.staff.ming, 'not_permitted');
  expect(await done(world.db, enrolPerson, { ...form, totpSecret: null }, world.staff.ming)).toMatchObject({
    made: true,
  });
});
