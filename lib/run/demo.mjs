import { bootstrap } from './launch/bootstrap.mjs';
import { giveUp } from './launch/terminal.mjs';

const started = performance.now();
try {
  await bootstrap();
  const { demo } = await import('./launch/demo.ts');
  await demo(process.argv.slice(2), started);
} catch (error) {
  giveUp(error);
}
