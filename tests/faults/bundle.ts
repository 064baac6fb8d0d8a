import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Makes one file of a program and all it needs, as a build does: a process that is killed 300 times must start fast. */
export const bundled = async (program: string): Promise<string> => {
  const outfile = join(mkdtempSync(join(tmpdir(), 'shanlu-bundle-')), 'program.mjs');
  await build({
    entryPoints: [join(root, program)],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outfile,
    tsconfig: join(root, 'tsconfig.json'),
    conditions: ['react-server'],
    logLevel: 'error',
    // What was CommonJS asks for Node's own modules in the old way.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    external: ['pg-native'],
  });
  return outfile;
};
