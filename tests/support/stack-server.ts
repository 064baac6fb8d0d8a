import { readFileSync } from 'node:fs';

import { startAnnounced } from '@/lib/run/launch/announced';
import { announce } from './stack';

/**
 * Playwright's global set-up: starts the whole product as `npm run demo` does, on throw-away data, unless SHANLU_STACK_FILE
 * names one that runs: `npm test` starts it while other tests run, and a test that is being written saves the start.
 */
export default async function setup(): Promise<() => Promise<void>> {
  // The gallery of examples is there for the accessibility tests.
  const product = await startAnnounced({ ...process.env, EXAMPLES: '1' });
  announce(readFileSync(product.file, 'utf8'));
  return product.end;
}
