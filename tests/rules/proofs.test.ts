import { expect, test } from 'vitest';
import { AREAS } from '@/lib/i18n/messages';
import { INVARIANTS } from '@/lib/proofs/proofs.queries';

test('every proof of state is told in words, and its English is what the command prints', () => {
  expect(AREAS.proofs.en).toEqual(Object.fromEntries(INVARIANTS.map(({ name, says }) => [name, says])));
});
