import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import type { Actor } from '@/lib/auth/roles.rules';
import { runCommand } from '@/lib/command';
import type { AnyCommand } from '@/lib/context';

/** Something that happened on a day. Scenes are played in the order of their days; `order` settles the same day. */
export type Scene = { readonly on: string; readonly order: number; readonly play: () => Promise<void> };

export type Player = {
  readonly db: Kysely<Database>;
  /** Runs one act of the story. The key makes it happen once: a story cut short is played on from where it stood. */
  readonly act: <Output>(
    key: string,
    command: AnyCommand<Output>,
    input: unknown,
    actor: Actor,
  ) => Promise<Output>;
};

/** A player that runs every act through the real write path and stops at the first refusal with its words. */
export const newPlayer = (db: Kysely<Database>): Player => ({
  db,
  act: async (key, command, input, actor) => {
    const result = await runCommand(command, input, actor, { key: `story:${key}`, db });
    if (!result.ok) {
      const { name, field, details } = result.refusal;
      const figures = Object.entries(details ?? {}).map(([figure, value]) => `${figure}=${String(value)}`);
      throw new Error(
        `The story stopped: ${command.name} for ${key} was refused: ${name} ${field ?? ''} ${figures.join(' ')}`,
      );
    }
    return result.value;
  },
});

export const playInOrder = async (
  scenes: readonly Scene[],
  progress: (played: number, of: number) => void,
): Promise<void> => {
  const ordered = [...scenes].sort((a, b) => (a.on === b.on ? a.order - b.order : a.on < b.on ? -1 : 1));
  for (const [index, scene] of ordered.entries()) {
    await scene.play();
    progress(index + 1, ordered.length);
  }
};
