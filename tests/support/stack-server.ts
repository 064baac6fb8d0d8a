import { readFileSync } from 'node:fs';

import { startAnnounced } from '@/lib/run/launch/announced';
import { announce } from './stack';

/**
 * Playwright's global set-up: starts the whole product as `npm run demo` does, on throw-away data. With
 * SHANLU_STACK_FILE (what a running `demo --throw-away --announce FILE` wrote) the tests drive that one instead:
 * `npm test` starts it while other tests run, and a test that is being written saves the start.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['SHANLU_STACK_FILE'];
  // The gallery of examples is there for the accessibility tests.
  const product = given === undefined ? await startAnnounced({ ...process.env, EXAMPLES: '1' }) : undefined;
  announce(readFileSync(given ?? product!.file, 'utf8'));
  return product?.end;
}
