import { stages, type Gate, type Outcome } from './gates';
import { lastLines } from './programs.mjs';
import { say, seconds, sentenceOf, Stop } from './terminal.mjs';

/**
 * `npm test`                all gates, in order
 * `npm test -- rules e2e`   only these: names of gates, or folders of tests/
 *
 * A gate that fails does not stop the later ones, so that one run tells everything; what it said last is repeated at the
 * end, where it is found without scrolling. The last line counts every test case
 * and every gate: `N passed, N failed`.
 */
export const test = async (words: string[]): Promise<void> => {
  const known = allGates.flatMap(({ name, words: own }) => [name, ...own]);
  const unknown = words.find((word) => !known.includes(word));
  if (unknown !== undefined)
    throw new Stop(`There is no gate “${unknown}”; there are ${[...new Set(known)].join(', ')}.`);

  const results: Played[] = [];
  const endOf = new Map<string, Promise<void>>();
  const play = async (gate: Gate): Promise<void> => {
    // What it stands on may still run in the other lane.
    if (gate.needs !== undefined) await endOf.get(gate.needs);
    const failedBefore = results.find((earlier) => earlier.gate.name === gate.needs && !earlier.outcome.ok);
    say(`\n▶ ${gate.name}`);
    const started = performance.now();
    const outcome =
      failedBefore === undefined
        ? await runGate(gate, words)
        : { ok: false, passed: 0, failed: 0, reason: `cannot run without “${failedBefore.gate.name}”` };
    const played = { gate, outcome, time: seconds(started) };
    results.push(played);
    say(lineOf(played));
  };
  const asked = new Set(chosen(words));
  for (const stage of stages)
    await inLanes(
      stage.filter((gate) => asked.has(gate)),
      (gate) => {
        const end = play(gate);
        endOf.set(gate.name, end);
        return end;
      },
    );

  say('\n');
  for (const { gate, outcome } of results.filter(({ outcome: { ok } }) => !ok))
    if (outcome.said !== undefined) say(`— ${gate.name} ended with\n${lastLines(outcome.said, 60)}\n`);
  for (const played of results) say(lineOf(played));
  const passed = sum(results.map(({ outcome }) => outcome.passed + (outcome.ok ? 1 : 0)));
  const failed = sum(results.map(({ outcome }) => outcome.failed + (outcome.ok ? 0 : 1)));
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
};

const allGates = stages.flat();

type Played = { readonly gate: Gate; readonly outcome: Outcome; readonly time: string };

const LANES = 2;

/** Takes each gate in its order as soon as a lane is free. */
const inLanes = async (waiting: Gate[], play: (gate: Gate) => Promise<void>): Promise<void> => {
  const lane = async (): Promise<void> => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) await play(gate);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
};

/** The gates that were asked for, with those they stand on; all when none was named. */
const chosen = (words: readonly string[]): Gate[] => {
  if (words.length === 0) return [...allGates];
  const asked = allGates.filter(({ name, words: own }) =>
    [name, ...own].some((word) => words.includes(word)),
  );
  const needed = new Set(asked.flatMap(withNeeds));
  return allGates.filter(({ name }) => needed.has(name));
};

const withNeeds = ({ name, needs }: Gate): string[] => [
  name,
  ...allGates.filter((gate) => gate.name === needs).flatMap(withNeeds),
];

const runGate = async (gate: Gate, words: readonly string[]): Promise<Outcome> => {
  try {
    // Naming the gate itself means all of it.
    return await gate.run(words.includes(gate.name) ? [] : gate.words.filter((word) => words.includes(word)));
  } catch (error) {
    say(sentenceOf(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error)));
    return { ok: false, passed: 0, failed: 0 };
  }
};

const lineOf = ({ gate: { name }, outcome: { ok, passed, failed, reason }, time }: Played): string => {
  const cases = passed + failed === 0 ? '' : `: ${passed} passed, ${failed} failed`;
  return `${ok ? '✓' : '✗'} ${name}${cases}${reason === undefined ? '' : `, ${reason}`} (${time})`;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
