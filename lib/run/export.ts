import { connect } from '@/db/connect';
import { journal } from '@/lib/bookkeeping/journal';
import { env } from '@/lib/env';

// `npm run export -- --format hledger|beancount`: both books on standard output, for other programs to judge.
const format = process.argv[process.argv.indexOf('--format') + 1];
if (format !== 'hledger' && format !== 'beancount') {
  console.error('Say which journal: npm run export -- --format hledger   or   --format beancount');
  process.exit(2);
}
const db = connect(env.readDatabaseUrl, { max: 2, statementTimeoutMs: 300_000 });
try {
  for await (const part of journal(format, db))
    if (!process.stdout.write(`${part}\n`))
      await new Promise((resume) => process.stdout.once('drain', resume));
} finally {
  await db.destroy();
}
