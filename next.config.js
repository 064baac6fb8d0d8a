import { createHash } from 'node:crypto';

// The names of server actions are made with this key, and by default it is another one for each build: a form that was
// opened before an upgrade, or comes from another of several servers, would then be lost with all that was typed. It
// keeps no secret: no action closes over values (tests/architecture/guards.test.ts), and each asks who calls it.
process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ??= createHash('sha256')
  .update('shanlu: names of server actions')
  .digest('base64');

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Title and description arrive in the head of every answer, not streamed in by script afterwards: pages must be
  // whole without JavaScript.
  htmlLimitedBots: /.*/,
  // Types have a gate of their own (`npm run types`), so that whoever only wants to run the product does not wait for them.
  typescript: { ignoreBuildErrors: true },
  // Built into native modules or reading their own files from disk, these stay outside the bundle.
  serverExternalPackages: ['pdfkit', 'sharp', 'pg', 'graphile-worker', 'opencc-js', 'prom-client'],
};

export default config;
