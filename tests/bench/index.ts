import '../support/settings';
import { benchHall } from './hall';
import { benchImport } from './import';
import { benchLedger } from './ledger';
import { benchLog } from './log';
import { benchMatch } from './match';
import { benchPost } from './post';
import { benchPublic } from './public';
import { benchReport } from './report';

/** `npm run bench -- log`: measures one part and prints what it found, as JSON on the last line. */
const PARTS: Readonly<Record<string, (args: readonly string[]) => Promise<Record<string, unknown>>>> = {
  import: benchImport,
  ledger: benchLedger,
  log: benchLog,
  match: benchMatch,
  post: benchPost,
  public: benchPublic,
  report: benchReport,
  hall: benchHall,
};

const [name = '', ...args] = process.argv.slice(2);
const part = PARTS[name];
if (!part) {
  console.error(`Say what to measure: ${Object.keys(PARTS).join(', ')}.`);
  process.exit(1);
}
console.log(JSON.stringify(await part(args)));
