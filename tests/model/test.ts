import { expect, test } from 'vitest';
import { KINDS, newTally, playSeed, type Tally } from './play';

/** A story is played on a database of its own; longer ones find nothing that many do not. */
const STORY = 2_600;
const PARTS = 4;
const OPS = Number(process.env['MODEL_OPS'] ?? 100_000);
const SEED = process.env['MODEL_SEED'];

/**
 * One of the four parts of the model test, so that all processors have work. `MODEL_OPS` is the number of acts of all
 * parts together (100,000 unless told), `MODEL_SEED` plays this one story instead, in the first part alone.
 */
export const modelTest = (part: 1 | 2 | 3 | 4): void => {
  const alone = SEED !== undefined;
  const steps = alone ? (part === 1 ? OPS : 0) : Math.ceil(OPS / PARTS);
  test(
    `part ${part} of the model test: ${steps} random acts come out as the model says`,
    async () => {
      const tally = newTally();
      const first = alone ? Number(SEED) : part * 10_000;
      for (let story = 0; tally.steps < steps; story += 1)
        await playSeed(first + story, Math.min(alone ? steps : STORY, steps - tally.steps), tally);
      if (steps > 0) console.info(summary(first, tally));
      // A model test that does not reach every act proves less than it seems to.
      if (!alone && steps >= 5_000)
        expect(KINDS.map((kind) => kind.name).filter((name) => !tally.done.has(name))).toEqual([]);
    },
    60_000 + steps * 100,
  );
};

const summary = (seed: number, { steps, done, refused }: Tally): string => {
  const list = (counts: ReadonlyMap<string, number>): string =>
    [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([name, n]) => `${name} ${n}`)
      .join(', ');
  const total = (counts: ReadonlyMap<string, number>): number =>
    [...counts.values()].reduce((sum, n) => sum + n, 0);
  return `model: ${steps} acts from seed ${seed}; ${total(done)} done (${list(done)}); ${total(refused)} refused (${list(refused)})`;
};
