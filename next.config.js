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
