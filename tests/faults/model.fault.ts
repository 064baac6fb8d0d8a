import { expect } from 'vitest';
import { KINDS, newTally, playSeed, type Tally } from '../model/play';
import { trial } from './trial';

/*
 * The random acts of tests/properties, many more of them, for an hour and more: `npm run faults -- model`. Stories are
 * played four at a time, each on a database of its own, and told before each act what must come of it; a difference names
 * its seed.
 */

const STORY = 2_600;
const AT_A_TIME = 4;

trial(
  {
    row: 20,
    name: 'model',
    runs: 1_000_000,
    fault: 'Random acts of givers, staff, bank and payment provider, legal and not, in random order',
    invariants:
      'an independent model says each answer and balance beforehand; after each story of 2,600 acts all proofs',
  },
  async ({ runs, seed }) => {
    const began = performance.now();
    const stories = Array.from({ length: Math.ceil(runs / STORY) }, (_, n) => ({
      seed: seed + n,
      acts: Math.min(STORY, runs - n * STORY),
    }));
    const queue = stories.values();
    const told: Tally[] = [];
    const player = async (): Promise<void> => {
      for (const { seed: own, acts } of queue) {
        const tally = newTally();
        await playSeed(own, acts, tally);
        told.push(tally);
        console.info(`${told.length} of ${stories.length} stories`);
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, player));
    const total = (part: (tally: Tally) => ReadonlyMap<string, number>): number =>
      told.reduce((sum, tally) => sum + [...part(tally).values()].reduce((all, n) => all + n, 0), 0);
    return {
      figure: {
        storiesAsForetold: told.length,
        done: total((tally) => tally.done),
        refused: total((tally) => tally.refused),
        kindsOfRefusal: new Set(told.flatMap((tally) => [...tally.refused.keys()])).size,
        minutes: Math.round((performance.now() - began) / 60_000),
      },
      check: () => {
        expect(told.reduce((sum, { steps }) => sum + steps, 0)).toBe(runs);
        const done = new Set(told.flatMap((tally) => [...tally.done.keys()]));
        expect(KINDS.map(({ name }) => name).filter((name) => runs >= 5_000 && !done.has(name))).toEqual([]);
      },
    };
  },
);
