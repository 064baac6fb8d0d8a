import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

import { type EmbeddedServer, startEmbedded } from '@/db/embedded';

import { endOnSignal } from './bootstrap.mjs';
import { tsProgram } from './children';
import { environmentFor, launchSettings, secret } from './environment';
import { Stop } from './terminal.mjs';

/**
 * `with-database.mjs FILE args…` runs one of our programs on the database of `DATABASE_URL`, or else on the embedded one
 * of the data folder, which is started for as long as the program runs unless it runs already. On a server that knows
 * only the addresses of the roles (`READ_DATABASE_URL`) nothing is started.
 */
export const withDatabase = async ([file, ...args]: string[]): Promise<void> => {
  if (file === undefined) throw new Stop('Name the program to run: with-database.mjs FILE args…');
  const settings = launchSettings();
  const dataDir = resolve(settings.dataDir);
  const server: EmbeddedServer | undefined =
    settings.databaseUrl === undefined && secret('READ_DATABASE_URL') === undefined
      ? await startEmbedded({ dataDir: join(dataDir, 'postgres') })
      : undefined;
  const environment = environmentFor(
    {
      dataDir,
      databaseUrl: settings.databaseUrl ?? server?.adminUrl ?? '',
      port: settings.port,
      // Nobody is started here: the addresses are where a running demo has its stand-ins.
      stripePort: settings.port + 1,
      mailboxPort: settings.port + 2,
      smtpPort: settings.port + 3,
      witnessPort: settings.port + 4,
      throwAway: false,
    },
    'production',
  );
  const child = spawn(process.execPath, tsProgram(file, ...args), { stdio: 'inherit', env: environment });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.removeListener(signal, endOnSignal);
    // In a terminal the program hears Ctrl-C itself; the database stays until it has ended.
    process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
  }
  const code = await new Promise<number>((done) => {
    child.once('close', (exit) => done(exit ?? 1));
    child.once('error', () => done(1));
  });
  await server?.stop();
  process.exit(code);
};
