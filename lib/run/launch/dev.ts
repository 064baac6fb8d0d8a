import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { startStack } from './stack';
import { say } from './terminal.mjs';

/** `npm run dev`: the development server of Next on the same database, stand-ins and story as the demo. */
export const dev = async (): Promise<void> => {
  const { url, mailboxUrl, addresses } = await startStack({
    mode: 'development',
    throwAway: false,
    onStopped: () => say('\nStopped everything that was started.'),
  });
  say(
    `\n  Shanlu 善路     ${url}\n  Local mailbox   ${mailboxUrl}\n  Logs            ${join(addresses.dataDir, 'logs')}\n`,
  );
  // What the server says is what a developer watches.
  const follow = spawn('tail', ['-n', '+1', '-F', join(addresses.dataDir, 'logs', 'server.log')], {
    stdio: ['ignore', 'inherit', 'ignore'],
  });
  process.on('exit', () => follow.kill());
};
