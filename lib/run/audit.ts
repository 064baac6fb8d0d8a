import { parseArgs } from 'node:util';
import { audit } from './audit/ask';
import { EXCUSED } from './audit/excused';
import { FRAMES, judge } from './audit/frames.rules';
import { root } from './launch/bootstrap.mjs';

/**
 * `npm run audit`: whether a package of the lock file has been weak, withdrawn or behind for longer than docs/running.md
 * promises. Ends with 1 when one has, and with 2 when the registry did not answer all of it: that is no pass.
 *
 * `--omit=dev` leaves out what only tests and builds use, `--direct` what other packages bring along; `--folder` names
 * another checkout. `--advisories` names a folder of OSV records (osv.dev, GitHub's advisory database), for where the
 * registry keeps no list of weaknesses.
 */
const { values } = parseArgs({
  options: {
    omit: { type: 'string' },
    direct: { type: 'boolean', default: false },
    folder: { type: 'string', default: root },
    advisories: { type: 'string' },
  },
});

let told = 0;
const { asked, findings, unasked } = await audit({
  folder: values.folder,
  omitDev: values.omit === 'dev',
  directOnly: values.direct,
  advisories: values.advisories,
  onProgress: (done, all, of) => {
    if (done < all && performance.now() - told < 2_000) return;
    told = performance.now();
    console.error(
      of === 'packages' ? `  asked about ${done} of ${all} packages` : `  read ${done} of ${all} records`,
    );
  },
});

const judged = judge(findings, EXCUSED, new Date());
const rows = judged
  .toSorted((a, b) => a.verdict.localeCompare(b.verdict) || a.package.localeCompare(b.package))
  .map(({ verdict, kind, days, better, what, ...one }) => [
    verdict,
    kind,
    `${one.package}@${one.version}`,
    better === null ? 'none' : `${better.version} since ${better.since.toISOString().slice(0, 10)}`,
    days === null ? '-' : `${Math.floor(days)} of ${FRAMES[kind]} days`,
    what.replaceAll(/\s+/g, ' ').slice(0, 100),
  ]);
const table = [['verdict', 'kind', 'package', 'better', 'time', 'what'], ...rows];
const widths = (table[0] ?? []).map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
if (rows.length > 0)
  for (const row of table)
    console.log(
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    );
for (const what of asked) console.log(`Asked: ${what}.`);
for (const what of unasked) console.log(`NOT ASKED: ${what}.`);
const late = judged.filter(({ verdict }) => verdict === 'late').length;
if (late > 0) console.log(`${late} past their time (docs/running.md, “Updates”).`);
else if (unasked.length > 0) console.log('Nothing is past its time by what could be asked. That is no pass.');
else console.log('Nothing is past its time.');
process.exitCode = late > 0 ? 1 : unasked.length > 0 ? 2 : 0;
