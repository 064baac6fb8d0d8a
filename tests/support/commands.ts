import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyCommand } from '@/lib/context';

const commandFiles = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((item) =>
    item.isDirectory()
      ? commandFiles(join(folder, item.name))
      : item.name.endsWith('.commands.ts')
        ? [join(folder, item.name)]
        : [],
  );

export type FoundCommand = {
  readonly file: string;
  readonly exported: string;
  readonly command: AnyCommand<unknown>;
};

/** Every act of the product, found by looking rather than by a list someone could forget to extend. */
export const allCommands = async (): Promise<FoundCommand[]> => {
  const found: FoundCommand[] = [];
  for (const file of commandFiles(join(process.cwd(), 'lib'))) {
    const loaded = (await import(/* @vite-ignore */ file)) as Record<string, unknown>;
    for (const [exported, value] of Object.entries(loaded))
      if (typeof value === 'object' && value !== null && 'permission' in value && 'run' in value)
        found.push({ file, exported, command: value as AnyCommand<unknown> });
  }
  return found;
};
