import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { removeCluster } from '@/db/embedded';
import { markOf } from '@/db/embedded/processes';

import { nextProgram, noteBuildUser } from './build';
import { type Environment, tsProgram, untilListening } from './children';
import { type Addresses, environmentFor, launchSettings, usesStandins } from './environment';
import { takeDataFolder } from './instance';
import { freePort, requireFree } from './ports';
import { lastLines, runProgram } from './programs.mjs';
import { step, Stop } from './terminal.mjs';
import { peopleFile, type Person, playStory } from './story';
import { type Supervisor, supervise } from './supervisor';

export type StackOptions = {
  readonly mode: 'production' | 'development';
  /** On a folder and ports of its own, removed afterwards: several such stacks can run beside each other. */
  readonly throwAway: boolean;
  /** Called when everything has been stopped and before throw-away data is removed. */
  readonly onStopped?: (() => void) | undefined;
};

export type Stack = {
  readonly url: string;
  readonly mailboxUrl: string;
  readonly addresses: Addresses;
  readonly environment: Environment;
  readonly people: readonly Person[];
  readonly supervisor: Supervisor;
};

/**
 * Starts database, stand-ins, story, worker and server, one line per step. From its first moment on, a signal, the death
 * of npm above us, or (until all runs) the death of a part ends the whole in order.
 */
export const startStack = async (options: StackOptions): Promise<Stack> => {
  const settings = launchSettings();
  const dataDir = options.throwAway ? throwAwayFolder() : resolve(settings.dataDir);
  const port = options.throwAway ? await freePort() : settings.port;
  const url = `http://localhost:${port}`;
  await takeDataFolder(dataDir);
  await requireFree(port, settings.host);
  const supervisor = supervise(dataDir, url, (anythingRan) => {
    if (anythingRan) options.onStopped?.();
    if (options.throwAway) removeData(dataDir);
  });
  try {
    const databaseUrl = await startDatabase(
      supervisor,
      options.throwAway ? undefined : settings.databaseUrl,
      options.throwAway,
    );
    const near = (distance: number) => freePort(options.throwAway ? undefined : port + distance);
    const addresses: Addresses = {
      dataDir,
      databaseUrl,
      port,
      stripePort: await near(1),
      mailboxPort: await near(2),
      smtpPort: await near(3),
      witnessPort: await near(4),
      throwAway: options.throwAway,
    };
    const base = environmentFor(addresses, options.mode);
    // They start up while the database is being prepared; neither needs the other.
    const standins = startStandins(supervisor, addresses, base);
    const witness = startWitness(supervisor, addresses, base);
    for (const starting of [standins, witness]) starting.catch(() => undefined);
    await step('Bringing the database to the newest schema', () => run('lib/run/migrate.ts', base));
    await step('Starting the stand-ins for Stripe and mail', () => standins);
    const environment = { ...base, ...(await step('Starting the witness of the public log', () => witness)) };
    const people = await step('Playing the story of Maling', () =>
      playStory(dataDir, environment, () => run('lib/run/story.ts', environment)),
    );
    await step('Starting the worker and the server', async () => {
      supervisor.start('worker', tsProgram('lib/run/worker.ts'), environment);
      noteBuildUser();
      const command = options.mode === 'production' ? 'start' : 'dev';
      const args = [nextProgram, command, '-H', settings.host, '-p', String(port)];
      await untilListening(supervisor.start('server', args, environment), port);
      await untilAnswering(url, join(dataDir, 'logs', 'server.log'));
    });
    supervisor.keepRunning();
    const mailboxUrl = `http://localhost:${addresses.mailboxPort}`;
    return { url, mailboxUrl, addresses, environment, people, supervisor };
  } catch (error) {
    return supervisor.end(error, 1);
  }
};

/** Runs one of our programs to its end and returns what it wrote; throws with its last words when it fails. */
const run = async (file: string, environment: Environment): Promise<string> => {
  const { code, text } = await runProgram(process.execPath, tsProgram(file), { env: environment });
  if (code !== 0) throw new Stop(`${file} failed:\n${lastLines(text, 25)}`);
  return text;
};

const startDatabase = async (
  supervisor: Supervisor,
  given: string | undefined,
  throwAway: boolean,
): Promise<string> => {
  if (given !== undefined) return given;
  const server = await step(
    'Starting PostgreSQL',
    () => supervisor.startDatabase(throwAway),
    ({ port }) => `on port ${port}`,
  );
  return server.adminUrl;
};

const startStandins = async (
  supervisor: Supervisor,
  addresses: Addresses,
  environment: Environment,
): Promise<void> => {
  const { stripePort, mailboxPort, smtpPort, dataDir } = addresses;
  const wanted = usesStandins(addresses.throwAway);
  const starting: Promise<void>[] = [];
  if (wanted.mail) {
    const ports = ['--smtp', String(smtpPort), '--http', String(mailboxPort)];
    const files = ['--dir', join(dataDir, 'mail'), '--people', peopleFile(dataDir)];
    const program = tsProgram('lib/run/mailbox.ts', ...ports, ...files);
    const mailbox = supervisor.start('mailbox', program, environment);
    starting.push(untilListening(mailbox, mailboxPort));
  }
  if (wanted.stripe) {
    const stripe = supervisor.start('stripe-standin', tsProgram('tests/stripe-standin/main.ts'), {
      ...environment,
      STRIPE_STANDIN_PORT: String(stripePort),
      STRIPE_STANDIN_PUBLIC_URL: `http://localhost:${stripePort}`,
      STRIPE_STANDIN_FILE: join(dataDir, 'stripe-standin.json'),
      STRIPE_WEBHOOK_URL: `http://localhost:${addresses.port}/api/stripe/webhook`,
    });
    starting.push(untilListening(stripe, stripePort));
  }
  await Promise.all(starting);
};

/**
 * A witness with a key and folder of its own, told the log's key (made here for a new log). Returns the settings that
 * name it to the product; none when the person has named another witness.
 */
const startWitness = async (
  supervisor: Supervisor,
  { dataDir, witnessPort, throwAway }: Addresses,
  environment: Environment,
): Promise<Record<string, string>> => {
  if (!throwAway && process.env['WITNESS_URL']) return {};
  const [logKey] = (await run('lib/run/log-key.ts', environment)).trim().split('\n');
  const files = ['--dir', join(dataDir, 'witness'), '--log', logKey ?? ''];
  const program = tsProgram('lib/run/witness.ts', '--port', String(witnessPort), ...files);
  const witness = supervisor.start('witness', program, environment);
  await untilListening(witness, witnessPort);
  return {
    WITNESS_URL: `http://127.0.0.1:${witnessPort}`,
    WITNESS_VKEY: await wordAfter('verifier key ', witness.logFile),
  };
};

/** What a program says after these words in its log; it says it right after it listens. */
const wordAfter = async (words: string, logFile: string): Promise<string> => {
  for (let tries = 0; tries < 200; tries += 1) {
    const line = readFileSync(logFile, 'utf8')
      .split('\n')
      .find((one) => one.startsWith(words));
    if (line !== undefined) return line.slice(words.length).trim();
    await sleep(25);
  }
  throw new Stop(`A program did not say its “${words.trim()}”; see ${logFile}.`);
};

/** The server is there when its first page is. */
const untilAnswering = async (url: string, logFile: string): Promise<void> => {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const status = await fetch(`${url}/`, { signal: AbortSignal.timeout(60_000) }).then(
      (response) => response.status,
      () => 0,
    );
    if (status > 0 && status < 500) return;
    if (status >= 500)
      throw new Stop(`The server answers its first page with an error (${status}); see ${logFile}.`);
    if (performance.now() > deadline) throw new Stop(`The server does not answer at ${url}; see ${logFile}.`);
    await sleep(100);
  }
};

const throwAwayPrefix = 'shanlu-check-';

/** A new temporary folder; those of killed runs are removed on the way. */
const throwAwayFolder = (): string => {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(
      name.startsWith(throwAwayPrefix) ? name.slice(throwAwayPrefix.length).split('-')[0] : NaN,
    );
    if (!Number.isNaN(pid) && markOf(pid) === undefined) removeData(join(tmpdir(), name));
  }
  const folder = mkdtempSync(join(tmpdir(), `${throwAwayPrefix}${process.pid}-`));
  // Root's database runs as another user, who must be able to enter.
  chmodSync(folder, 0o755);
  return folder;
};

const removeData = (dataDir: string): void => {
  try {
    if (existsSync(join(dataDir, 'postgres'))) removeCluster(join(dataDir, 'postgres'));
    rmSync(dataDir, { recursive: true, force: true });
  } catch {
    // Another user's leftover, which that user's next run removes.
  }
};
