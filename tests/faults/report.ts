import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('../../docs/faults.md', import.meta.url));

export type Found = {
  /** Number of the fault in the list of faults. */
  readonly row: number;
  readonly fault: string;
  readonly runs: number;
  readonly seed: number;
  readonly invariants: string;
  readonly figure: Readonly<Record<string, unknown>>;
  readonly command: string;
};

const HEAD = `# What was broken on purpose, and what held

Written by \`npm run faults\` from its own runs; each line is the last run of that trial. The seed repeats it.

| # | fault | runs | what must hold | found | seed | day | command |
|---|---|---|---|---|---|---|---|
`;

/** Puts the line of this trial into docs/faults.md, in place of the line it had, and prints the figures. */
export const report = (found: Found): void => {
  console.log(JSON.stringify(found));
  const text = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  const lines = text
    .split('\n')
    .filter((line) => /^\| \d/.test(line) && !line.startsWith(`| ${found.row} |`));
  // How crowded the machine was: times under load of others say little.
  const figure = Object.entries({ ...found.figure, machineLoad: Math.round(loadavg()[0] ?? 0) })
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ');
  const day = new Date().toISOString().slice(0, 10);
  lines.push(
    `| ${found.row} | ${found.fault} | ${found.runs} | ${found.invariants} | ${figure} | ${found.seed} | ${day} | \`${found.command}\` |`,
  );
  const number = (line: string): number => Number(/^\| (\d+)/.exec(line)?.[1]);
  writeFileSync(FILE, `${HEAD}${lines.toSorted((a, b) => number(a) - number(b)).join('\n')}\n`);
};
