import { renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { ensureBuild } from './build';
import { tsProgram } from './children';
import { runProgram } from './programs.mjs';
import { type Stack, startStack } from './stack';
import { say, seconds, Stop } from './terminal.mjs';

/**
 * `npm run demo`            the whole product on kept data
 * `npm run demo -- --check` the same on throw-away data, driven once through its main job, then ended
 *
 * `--throw-away` runs on throw-away data until it is stopped, and `--announce FILE` writes the addresses there when all
 * is ready; the end-to-end tests use both.
 */
export const demo = async (argv: string[], startedAt: number): Promise<void> => {
  const { values } = parseArgs({
    args: argv,
    options: {
      check: { type: 'boolean', default: false },
      'throw-away': { type: 'boolean', default: false },
      announce: { type: 'string' },
    },
  });
  await ensureBuild();
  const stack = await startStack({
    mode: 'production',
    throwAway: values.check || values['throw-away'],
    onStopped: values.check ? undefined : () => say('\nStopped everything that was started.'),
  });
  if (values.check) return check(stack);
  if (values.announce !== undefined) announce(values.announce, stack);
  say(`\nReady after ${seconds(startedAt)}.\n`);
  printAddresses(stack);
  say('\nCtrl-C stops everything. The data stays.');
};

/** Drives the main job over HTTP. The last line of its output is the last line of ours. */
const check = async ({ environment, url, mailboxUrl, supervisor }: Stack): Promise<void> => {
  const { code } = await runProgram(process.execPath, tsProgram('lib/run/check.ts'), {
    env: { ...environment, CHECK_URL: url, CHECK_MAILBOX_URL: mailboxUrl },
    onText: (text) => process.stdout.write(text),
  });
  await supervisor.end(
    code === 0 ? undefined : new Stop('The check failed: its words are above.'),
    code === 0 ? 0 : 1,
  );
};

const announce = (file: string, { url, mailboxUrl, environment, addresses, people }: Stack): void => {
  // Whoever waits for the file must find it whole.
  writeFileSync(`${file}.new`, JSON.stringify({ url, mailboxUrl, environment, addresses, people }), {
    mode: 0o600,
  });
  renameSync(`${file}.new`, file);
};

const printAddresses = ({ url, mailboxUrl, addresses, people }: Stack): void => {
  say(`  Shanlu 善路       ${url}`);
  say(`  Local mailbox     ${mailboxUrl}   (sign-in codes arrive here)`);
  say(`  Stripe stand-in   http://localhost:${addresses.stripePort}   (no real money)`);
  say(`  Data and logs     ${addresses.dataDir}`);
  say(
    `\n  Sign in at ${url}/en/sign-in with one of these addresses. The code comes by mail,\n  the second factor is at ${mailboxUrl}/codes (or scan in an app with the secret):\n`,
  );
  const widest = (words: string[]) => Math.max(...words.map((word) => word.length));
  const [roles, emails] = [widest(people.map(({ role }) => role)), widest(people.map(({ email }) => email))];
  for (const { role, email, secondFactor } of people) {
    say(`  ${role.padEnd(roles)}   ${email.padEnd(emails)}   ${secondFactor ?? ''}`);
  }
};
