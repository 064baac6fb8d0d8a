import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

import { answerRequest } from './mailbox/answer';
import { mailStore } from './mailbox/store';
import { smtpReceiver } from './mailbox/receiver';

/**
 * `mailbox.ts --smtp 3003 --http 3002 --dir .data/mail --people .data/people.json`
 *
 * The local mailbox of a demo: takes every mail the product sends, keeps it as an .eml file and shows it on a page. It
 * delivers nothing to anybody. `/codes` shows the second factors of the demo's people. Both are there as JSON for tests.
 */
const { values } = parseArgs({
  options: {
    smtp: { type: 'string' },
    http: { type: 'string' },
    dir: { type: 'string' },
    people: { type: 'string', default: '' },
  },
});
if (values.smtp === undefined || values.http === undefined || values.dir === undefined) {
  throw new Error('the mailbox needs --smtp PORT --http PORT --dir FOLDER');
}

const store = mailStore(values.dir);
const receiver = smtpReceiver(store);
const pages = createServer(
  (request, response) => void answerRequest({ store, peopleFile: values.people }, request, response),
);
receiver.listen(Number(values.smtp), '127.0.0.1', () => {
  pages.listen(Number(values.http), '127.0.0.1', () => {
    console.log(`mailbox: smtp on ${values.smtp}, pages on http://localhost:${values.http}`);
  });
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    receiver.close();
    pages.close();
    pages.closeAllConnections();
  });
}
