import { bootstrap } from './launch/bootstrap.mjs';
import { giveUp } from './launch/terminal.mjs';

try {
  // A tester's own settings must not reach the tests: they bring everything they need.
  await bootstrap({ dotEnv: false });
  const { test } = await import('./launch/test.ts');
  await test(process.argv.slice(2));
} catch (error) {
  giveUp(error);
}
