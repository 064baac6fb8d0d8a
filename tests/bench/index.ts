import '../support/settings';
import { loadavg } from 'node:os';
import { benchGrowth } from './growth';
import { benchHall } from './hall';
import { benchHot } from './hot';
import { benchImport } from './import';
import { benchLedger } from './ledger';
import { benchLog } from './log';
import { benchMatch } from './match';
import { benchPost } from './post';
import { benchPublic } from './public';
import { benchReport } from './report';
import { benchStart } from './start';
import { benchWebhook } from './webhook';

/**
 * `npm run bench -- post`: measures one part, without a name all of them one after the other. Progress goes to stderr;
 * with `--json` a line of JSON for each part goes to stdout, otherwise the figures in readable form.
 */
const PARTS: Readonly<Record<string, (args: readonly string[]) => Promise<Record<string, unknown>>>> = {
  post: benchPost,
  hot: benchHot,
  webhook: benchWebhook,
  match: benchMatch,
  report: benchReport,
  import: benchImport,
  hall: benchHall,
  log: benchLog,
  ledger: benchLedger,
  public: benchPublic,
  growth: benchGrowth,
  start: benchStart,
};

const json = process.argv.includes('--json');
const [name, ...args] = process.argv.slice(2).filter((word) => word !== '--json');
if (name !== undefined && !Object.hasOwn(PARTS, name)) {
  console.error(`Say what to measure: ${Object.keys(PARTS).join(', ')}; without a name, all of them.`);
  process.exit(1);
}
for (const [part, measure] of Object.entries(PARTS)) {
  if (name !== undefined && part !== name) continue;
  if (!json) console.error(`${part} …`);
  const before = loadavg()[0];
  const found = { part, loadBefore: before, ...(await measure(name === undefined ? [] : args)) };
  console.log(json ? JSON.stringify(found) : JSON.stringify(found, null, 2));
}
