import { it } from 'vitest';
import { Random } from '../model/random';
import { faultOf, type Row } from './matrix';
import { report } from './report';
import { runsOf, seedOf, short } from './settings';

export type Trial = {
  readonly row: Row;
  /** Name of its file: `npm run faults -- <name>`. */
  readonly name: string;
  /** How often the harm is done: by `npm run faults`, and by `npm test` when it is among the short ones. */
  readonly runs: number;
  readonly few?: number;
  readonly fault: string;
  readonly invariants: string;
};

export type Playing = { readonly runs: number; readonly seed: number; readonly random: Random };

export type Shown = {
  readonly figure: Readonly<Record<string, unknown>>;
  /** What must hold; `time` is asked only where nothing else runs beside it. */
  readonly check: () => void | Promise<void>;
  readonly time?: () => void;
};

/** One row of the list of faults: does the harm, says what was found, and only writes it down when everything held. */
export const trial = (about: Trial, play: (playing: Playing) => Promise<Shown>): void => {
  const runs = short ? (about.few ?? 1) : runsOf(about.runs);
  const seed = seedOf(1);
  it(`${faultOf(about.row)}: ${about.fault}, ${runs} times`, async () => {
    const { figure, check, time } = await play({ runs, seed, random: new Random(seed) });
    console.info(JSON.stringify({ row: about.row, runs, seed, ...figure }));
    await check();
    if (short) return;
    time?.();
    report({
      row: about.row,
      fault: about.fault,
      runs,
      seed,
      invariants: about.invariants,
      command: `SEED=${seed} RUNS=${runs} npm run faults -- ${about.name}`,
      figure,
    });
  });
};
