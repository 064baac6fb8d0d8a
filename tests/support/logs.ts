import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { stack } from './stack';

/** What the processes of the product have written of themselves. */
export const logs = (): string =>
  readdirSync(stack().addresses.dataDir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.log'))
    .map((file) => join(stack().addresses.dataDir, file))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, 'utf8'))
    .join('');
