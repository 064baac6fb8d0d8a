import { expect, test } from 'vitest';
import { AREAS } from '@/lib/i18n/messages';
import { INVARIANTS } from '@/lib/proofs/proofs.queries';

test('every proof of state is told in words, and no words are left of one that is no longer made', () => {
  expect(Object.keys(AREAS.proofs.en).sort()).toEqual(INVARIANTS.map(({ name }) => name).sort());
});
