import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { withoutLine } from './matrix';

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

Written by \`npm run faults\` from its own runs; each line is the last run in which all of it held. The seed repeats it. Times were
taken on two processors that others used as well: machineLoad says how many were waiting for them.

| # | fault | runs | what must hold | found | seed | day | command |
|---|---|---|---|---|---|---|---|
`;

const numberOf = (line: string): number => Number(/^\| (\d+)/.exec(line)?.[1]);

/** Puts the line of this trial into docs/faults.md, in place of the line it had, and prints the figures. */
export const report = (found: Found): void => {
  console.log(JSON.stringify(found));
  const text = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  const lines = text.split('\n').filter((line) => /^\| \d/.test(line) && numberOf(line) !== found.row);
  const figure = Object.entries({ ...found.figure, machineLoad: Math.round(loadavg()[0] ?? 0) })
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ');
  const day = new Date().toISOString().slice(0, 10);
  lines.push(
    `| ${found.row} | ${found.fault} | ${found.runs} | ${found.invariants} | ${figure} | ${found.seed} | ${day} | \`${found.command}\` |`,
  );
  const rows = lines.toSorted((a, b) => numberOf(a) - numberOf(b));
  const others = withoutLine(new Set(rows.map(numberOf)));
  const end = others.length === 0 ? '' : `\nThe other faults of the list:\n\n${others.join('\n')}\n`;
  writeFileSync(FILE, `${HEAD}${rows.join('\n')}\n${end}`);
};
