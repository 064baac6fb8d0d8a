// Imported first by tests of what signs people in: settings are read once, when lib/env.js is first loaded.
process.env['AUTH_SECRET'] ??= 'secret-of-the-tests-0123456789abcdef';
process.env['PUBLIC_URL'] ??= 'http://localhost:3000';
process.env['ALLOW_STANDINS'] ??= '1';
