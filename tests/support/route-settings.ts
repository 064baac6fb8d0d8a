// Imported first by tests that call route handlers as functions: settings are read once, when lib/env.js is first
// loaded. The addresses lead nowhere; `useWorld` puts the pools of the test's own database where handlers find them.
const NOWHERE = 'postgres://nobody:nothing@127.0.0.1:1/nothing';
for (const [name, value] of Object.entries({
  AUTH_SECRET: 'secret-of-the-tests-0123456789abcdef',
  PUBLIC_URL: 'http://localhost:3000',
  ALLOW_STANDINS: '1',
  APP_DATABASE_URL: NOWHERE,
  READ_DATABASE_URL: NOWHERE,
  PUBLIC_DATABASE_URL: NOWHERE,
  STRIPE_SECRET_KEY: 'sk_test_standin',
  STRIPE_WEBHOOK_SECRET: 'whsec_standin',
}))
  process.env[name] ??= value;
