import { expect, test } from 'vitest';
import { ELSEWHERE, PAGES, routes } from '../a11y/pages';

test('every page is looked at by the accessibility tests, or says which test walks it', () => {
  const known = [...Object.keys(PAGES), ...Object.keys(ELSEWHERE)].sort();
  expect(known, 'name the page in tests/a11y/pages.ts').toEqual(routes());
});
