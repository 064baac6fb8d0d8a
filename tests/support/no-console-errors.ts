import { afterEach, beforeEach, expect, vi } from 'vitest';

// An error nobody expected must not scroll by: it fails the test that caused it.
let spy: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  spy = vi.spyOn(console, 'error');
});
afterEach(() => {
  const calls = spy.mock.calls.slice();
  spy.mockRestore();
  expect(calls, 'unexpected console.error').toEqual([]);
});
