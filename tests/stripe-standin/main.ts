import { startStandin } from './server';

/*
 * The stand-in as a process of its own, for `npm run demo`. It ends when the process that started it does:
 * its standard input closes then, whatever happened to that process.
 */
const setting = (name: string): string => {
  const value = process.env[name];
  if (!value) {
    process.stderr.write(`stripe stand-in: ${name} is not set\n`);
    process.exit(2);
  }
  return value;
};

const file = process.env['STRIPE_STANDIN_FILE'];
const publicBaseUrl = process.env['STRIPE_STANDIN_PUBLIC_URL'];
const standin = await startStandin({
  port: Number(process.env['STRIPE_STANDIN_PORT'] ?? 0),
  secretKey: setting('STRIPE_SECRET_KEY'),
  webhookSecret: setting('STRIPE_WEBHOOK_SECRET'),
  webhookUrl: process.env['STRIPE_WEBHOOK_URL'] ?? null,
  ...(file && { persistFile: file }),
  ...(publicBaseUrl && { publicBaseUrl }),
}).catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`stripe stand-in: could not start: ${reason}\n`);
  process.exit(1);
});
process.stdout.write(`${JSON.stringify({ standin: 'ready', url: standin.url, port: standin.port })}\n`);

let ending = false;
const end = (): void => {
  if (ending) return;
  ending = true;
  void standin.stop().then(() => {
    process.exit(0);
  });
};
process.on('SIGTERM', end);
process.on('SIGINT', end);
process.stdin.on('end', end).on('close', end).on('error', end).resume();
