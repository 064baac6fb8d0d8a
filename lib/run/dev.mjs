import { bootstrap } from './launch/bootstrap.mjs';
import { giveUp } from './launch/terminal.mjs';

try {
  await bootstrap();
  const { dev } = await import('./launch/dev.ts');
  await dev();
} catch (error) {
  giveUp(error);
}
