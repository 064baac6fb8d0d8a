import { bootstrap } from './launch/bootstrap.mjs';
import { giveUp } from './launch/terminal.mjs';

try {
  await bootstrap({ serverOnly: true });
  const { withDatabase } = await import('./launch/with-database.ts');
  await withDatabase(process.argv.slice(2));
} catch (error) {
  giveUp(error);
}
