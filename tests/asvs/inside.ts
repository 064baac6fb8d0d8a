import { because, held, heldKnowing, type Control } from './control';

/** Chapters 9 to 16: tokens, cryptography, settings, data, code, logs and errors. */
export const INSIDE_CONTROLS: readonly Control[] = [
  held(
    '9.1.1',
    1,
    'A token is believed only with its signature.',
    ['tests/rules/auth/tokens.test.ts', 'with any one letter changed'],
    ['tests/db/letters.test.ts', 'cannot be ended by a token we did not sign'],
  ),
  held('9.1.2', 1, 'No token chooses its own algorithm.', [
    'tests/rules/auth/tokens.test.ts',
    'spoilt in any way, or turned in for another purpose',
  ]),
  held('9.1.3', 1, 'No token names its own key.', [
    'tests/rules/auth/tokens.test.ts',
    'made under another secret, for another form, too late, or unsolved',
  ]),
  held('9.2.1', 1, 'A token is good in its time only.', [
    'tests/rules/auth/tokens.test.ts',
    'made under another secret, for another form, too late, or unsolved',
  ]),
  held('9.2.2', 2, 'A token is good for what it was made for only.', [
    'tests/rules/auth/tokens.test.ts',
    'spoilt in any way, or turned in for another purpose',
  ]),
  held('11.3.1', 1, 'No weak modes of encryption.', [
    'tests/db/sign-in-second-factor.test.ts',
    'the secret lies encrypted and bound to its person',
  ]),
  held('11.3.3', 2, 'What is encrypted cannot be altered unseen.', [
    'tests/db/outbox.test.ts',
    'lies encrypted while it waits, and opens only in its own row',
  ]),
  held('13.2.1', 2, 'Parts prove to each other who they are.', [
    'tests/db/embedded.test.ts',
    'starts a new cluster that is UTF-8, checks its pages and asks every client for a password',
  ]),
  held(
    '13.2.2',
    2,
    'Each part has the rights it needs.',
    [
      'tests/architecture/schema.test.ts',
      'the application role owns nothing, and cannot switch a trigger off',
    ],
    [
      'tests/db/disclosure.test.ts',
      'the public role cannot write, call the queue or read settings of others',
    ],
  ),
  held('13.2.3', 2, 'No password is one that everybody knows.', [
    'tests/db/sign-in-production.test.ts',
    'where stand-ins are not allowed, nobody is entered with an authenticator known beforehand',
  ]),
  because(
    'built so',
    ['13.2.4', 2, 'The systems Shanlu speaks to are listed.'],
    'They are the addresses of its settings (docs/settings.md), and no other can be reached by what people send.',
    ['tests/architecture/settings.test.ts', 'every setting stands in .env.example, and nothing else does'],
  ),
  because(
    'whoever runs it',
    ['13.2.5', 2, 'The server can reach listed systems only.'],
    'A firewall of the host does that; the program itself connects to the addresses of its settings only.',
  ),
  because(
    'built so',
    ['13.3.1', 2, 'A vault makes, keeps and gives out secrets; none is in code or builds.'],
    'docs/running.md: systemd’s credentials, encrypted with the TPM or the machine’s own key and opened for the two services alone, or files that a vault’s agent writes. Every secret may come so, and no unit, container or environment of ours holds one.',
    [
      'tests/contracts/secrets.test.ts',
      '%s may lie in a file that is named, and in the folder of credentials',
    ],
    [
      'tests/contracts/secrets.test.ts',
      'the units, the command and the containers of docs/running hold no secret, and load every one',
    ],
    [
      'tests/db/secret-files.test.ts',
      'migrate, the worker and the proofs do their work with secrets from files alone',
    ],
    ['tests/e2e/secret-files.spec.ts', 'a server with secrets in files alone is ready'],
    ['tests/architecture/settings.test.ts', 'what opens something is a secret, and may come from a file'],
  ),
  held('13.3.2', 2, 'Who needs no secret has none.', [
    'tests/contracts/files/photograph.test.ts',
    'knows nothing of our environment and writes no file',
  ]),
  because(
    'built so',
    ['13.4.1', 1, 'No history of the source is served.'],
    'The server answers routes and the folders public/ and .next/static only.',
    ['tests/e2e/whole-site.spec.ts', 'every public page is valid HTML'],
  ),
  held('13.4.2', 2, 'Nothing of a debugger is on in production.', [
    'tests/db/jobs.test.ts',
    'does not start in production with a stand-in nobody allowed',
  ]),
  because(
    'built so',
    ['13.4.3', 2, 'No folder is listed.'],
    'Neither Next nor a handler of ours lists folders; files are found by their hash.',
  ),
  because(
    'built so',
    ['13.4.4', 2, 'TRACE is not answered.'],
    'No handler exports it, so Next answers 405 or nothing of ours.',
  ),
  held('13.4.5', 2, 'Figures for monitoring are told to who may have them.', [
    'tests/e2e/running.spec.ts',
    'figures for monitoring are told to who holds the token, and to nobody else',
  ]),
  heldKnowing(
    'What links of letters open with stands behind `#`, which no browser sends; links sent before that lead on to the new form and die with their letter. The one token in a query is that which ends letters, because RFC 8058 posts to an address: it ends letters and does nothing else. Numbers of gifts and promises are counted up by a public rule; the number of a payment that its giver comes back with shows its amount and state and where it can be paid, and no name.',
    ['14.2.1', 1, 'No secret stands in an address.'],
    [
      'tests/e2e/over-tls.spec.ts',
      'what the link of a letter opens with is told to no server on the way, and leaves the address bar',
    ],
    ['tests/e2e/over-tls.spec.ts', 'without script the code of the letter is typed, where it was asked for'],
    ['tests/after/plans.spec.ts', 'a road is given up with forty gifts for it'],
    ['tests/db/letters.test.ts', 'of all the letters above: none tells a server what opens anything'],
    [
      'tests/e2e/sign-in-attacks.spec.ts',
      'a token is good only as it was given: not cut, altered, of another kind, or sent by GET',
    ],
  ),
  held('14.2.2', 2, 'What is personal is in no cache of a server.', [
    'tests/e2e/public-data.spec.ts',
    'a public page is the same bytes whatever headers ask for it, and carries no cookie',
  ]),
  held('14.2.3', 2, 'No page tells another host of its readers.', [
    'tests/e2e/public-data.spec.ts',
    'public pages stay within their budget of bytes and break no policy',
  ]),
  held(
    '14.2.4',
    2,
    'Private data is sealed, kept as long as needed, and out of logs.',
    ['tests/db/proof-erasure.test.ts', 'no table holds anything of theirs any more'],
    [
      'tests/db/proof-erasure.test.ts',
      'neither does a file of the data folder, an export, the log, or anything the process has said',
    ],
  ),
  held('14.2.5', 3, 'Caches keep what is for everyone, under its own address.', [
    'tests/e2e/caches.spec.ts',
    'two processes and a cache before them show what is published, at once and together',
  ]),
  held('14.2.6', 3, 'No more is shown than is needed.', [
    'tests/db/open-data.test.ts',
    'nobody is shown who did not agree, and no group is smaller than five',
  ]),
  held('14.2.7', 3, 'What is not needed any more goes by itself.', [
    'tests/db/outbox.test.ts',
    'what was sent a month ago is removed, what still waits is not',
  ]),
  held('14.2.8', 3, 'Pictures lose what they say of their makers.', [
    'tests/contracts/files/photograph.test.ts',
    'without one tag of its metadata',
  ]),
  held(
    '14.3.1',
    1,
    'Nothing of a session stays in the browser, also when it ends without network.',
    [
      'tests/e2e/left.spec.ts',
      'signing out without network leaves nothing readable; the photograph goes out with the same person, and no other',
    ],
    [
      'tests/e2e/left.spec.ts',
      'a session that runs out takes its data off the page, also without network; photographs can still be taken',
    ],
    [
      'tests/e2e/left.spec.ts',
      'with the network back, the page that was left tells the server and goes; a session begun since is not ended',
    ],
  ),
  held('14.3.2', 2, 'Browsers keep no page of a person.', [
    'tests/rules/files/file-name.test.ts',
    'let nothing in it run, load, be framed or be guessed at',
  ]),
  held(
    '14.3.3',
    2,
    'Browsers store nothing private besides the session’s token; what waits or is begun lies sealed for the server.',
    [
      'tests/e2e/left.spec.ts',
      'a photograph that waits cannot be read on the phone, and arrives byte for byte',
    ],
    [
      'tests/e2e/left.spec.ts',
      'what an earlier version left readable is sealed when the page is next opened, and sent',
    ],
    ['tests/e2e/left.spec.ts', 'no page of a person leaves anything of theirs in the browser’s storage'],
    ['tests/rules/evidence/waiting.test.ts', 'does not open with any one byte changed, cut off or added'],
    ['tests/db/sealed-uploads.test.ts', 'what does not open is refused by name, and nothing of it stays'],
    ['tests/rules/auth/tokens.test.ts', 'each opens what it was made for'],
  ),
  because(
    'whoever runs it',
    ['15.1.1', 1, 'How soon weak packages are replaced is written down.'],
    'docs/running.md, “Updates”: within two days when the weakness is high or critical, else within a month.',
    ['tests/contracts/audit.test.ts', 'docs/running.md promises the times that are held to'],
  ),
  because(
    'built so',
    ['15.1.2', 2, 'All packages are listed.'],
    'package-lock.json names each with its version and hash.',
  ),
  because(
    'whoever runs it',
    ['15.2.1', 1, 'No package is late by the times that are written down.'],
    '`npm run audit` holds every package to its time, by the list of the registry or by records of the OSV schema, and is no pass when neither answers. It has to be run where one of them does: the registry that could be asked here keeps no list (405) and leaves out which versions are withdrawn. Of the 42 packages that package.json names for production none was behind its own line for longer than 55 of 90 days on 2026-11-27. On that day published advisories were looked up by hand for 34 of them and for what they bring that has a history: nodemailer 7 was weak and is replaced (docs/decisions/017); nothing else was found.',
    [
      'tests/contracts/audit.test.ts',
      'a weakness is late when its repair has been out for longer than the time of its kind',
    ],
    ['tests/contracts/audit.test.ts', 'a registry that does not answer for weaknesses is no pass'],
    ['tests/contracts/audit-records.test.ts', 'holds what it finds to the times of its kind'],
    [
      'tests/contracts/audit-records.test.ts',
      'records that end before the time in which a package must be replaced are no answer',
    ],
  ),
  held(
    '15.2.2',
    2,
    'What takes long cannot stop the rest.',
    [
      'tests/contracts/files/photograph.test.ts',
      'runs twice at a time; a crowd waits, and a larger one is asked to come again',
    ],
    ['tests/rules/reconciliation/large-files.test.ts', '%s is read whole, with progress'],
  ),
  held('15.2.3', 2, 'Nothing for tests is in production.', [
    'tests/db/jobs.test.ts',
    'does not start in production with a stand-in nobody allowed',
  ]),
  held('15.3.1', 1, 'Answers hold the fields they need.', [
    'tests/architecture/disclosure.test.ts',
    'the public can read exactly the columns of the list',
  ]),
  because(
    'built so',
    ['15.3.2', 2, 'The server follows no redirect it does not mean to.'],
    'The provider’s library follows none; files and witness are asked at the addresses of the settings.',
  ),
  held('15.3.3', 2, 'Fields nobody asked for are not taken.', [
    'tests/db/bad-input-uploads.test.ts',
    'with fields nobody asked for sets nothing by them',
  ]),
  held('15.3.4', 2, 'Limits count the true network.', [
    'tests/rules/server/headers.test.ts',
    'a chain of forwarded addresses moves nobody to another network',
  ]),
  held('15.3.5', 2, 'Values have the type they should.', [
    'tests/db/bad-input-uploads.test.ts',
    'that is none, too much, or has one field wrong',
  ]),
  held('15.3.6', 2, 'No input reaches a prototype.', [
    'tests/db/bad-input-webhook.test.ts',
    'a body of deep lists, a second key of a name, or __proto__',
  ]),
  held('15.3.7', 2, 'A parameter given twice is refused.', [
    'tests/db/bad-input-open-data.test.ts',
    'refuses what it cannot use by name, with less than a fifth of a second of work',
  ]),
  held(
    '15.4.2',
    3,
    'Looking and doing are one step.',
    [
      'tests/db/concurrency-checkers.test.ts',
      'who changes something between the view and the approval wins, or the approval does: never both',
    ],
    ['tests/db/sign-in-second-factor.test.ts', 'twenty simultaneous posts of one code raise one session'],
  ),
  held('15.4.3', 3, 'Locks come in one order and waiting ends.', [
    'tests/db/concurrency-locks.test.ts',
    'acts in opposite orders lock each other, and are run again until both are done',
  ]),
  held('16.2.1', 2, 'The trail says when, who, what.', [
    'tests/db/proof-trail.test.ts',
    'tells who did what to a gift, newest first',
  ]),
  because(
    'built so',
    ['16.2.2', 2, 'Times are of one clock, with their zone.'],
    'The database stamps each event, as timestamptz.',
  ),
  because(
    'built so',
    ['16.2.3', 2, 'Logs go where it is written that they go.'],
    'To standard output, and the audit trail to its table; to nothing else.',
  ),
  because(
    'built so',
    ['16.2.4', 2, 'Programs can read the logs.'],
    'Server and worker write one line of JSON per event.',
  ),
  held('16.2.5', 2, 'No secret and nothing private is in the logs.', [
    'tests/db/proof-erasure.test.ts',
    'neither does a file of the data folder, an export, the log, or anything the process has said',
  ]),
  held('16.3.1', 2, 'Signing in is recorded, also when it fails.', [
    'tests/db/sign-in.test.ts',
    'keeps no secret that could be used: not in the request, the mail, the answer or the audit trail',
  ]),
  held('16.3.2', 2, 'Refusals of rights are recorded.', [
    'tests/rules/auth/refused-rights.test.ts',
    '%j leaves one line',
  ]),
  held(
    '16.3.3',
    2,
    'Ways around the controls are recorded.',
    ['tests/rules/server/refusal-log.test.ts', 'an act leaves exactly one line'],
    ['tests/rules/server/refusal-log.test.ts', 'no naughty string is ever in a line'],
    ['tests/db/refused-doors.test.ts', 'leaves its one line'],
    ['tests/e2e/refusals.spec.ts', 'what goes around the pages is in the log and counted'],
    ['tests/db/card-testing.test.ts', 'closes pages that strangers left open when they hold too many'],
  ),
  because(
    'built so',
    ['16.3.4', 2, 'Errors nobody expected are recorded.'],
    'They are thrown to the server, which prints them with their number; the page shows the number only.',
  ),
  because(
    'built so',
    ['16.4.1', 2, 'No input writes a line of the log.'],
    'Lines are JSON; what people typed is not in them.',
  ),
  held('16.4.2', 2, 'The trail cannot be changed.', [
    'tests/architecture/schema.test.ts',
    'history refuses update, delete and truncate, for the application and for the owner of the tables',
  ]),
  held('16.4.3', 2, 'A copy of the record lies elsewhere.', [
    'tests/db/proof-insider.test.ts',
    '%s: found in 10 of 10, first bad leaf named',
  ]),
  held(
    '16.5.1',
    2,
    'Errors tell nothing of the inside.',
    ['tests/db/bad-input-webhook.test.ts', 'when it is not signed by the provider'],
    ['tests/db/bad-input-open-data.test.ts', 'neither are addresses that cannot be read'],
    ['tests/e2e/naughty.spec.ts', 'no string typed into any field makes an error of ours'],
  ),
  held(
    '16.5.2',
    2,
    'Work goes on while another service is away.',
    ['tests/db/payments-stripe.test.ts', 'says so, keeps the try as unknown'],
    ['tests/db/concurrency-away.test.ts', 'a database that stops and starts again'],
    ['tests/db/outbox.test.ts', 'that is away keeps the mail waiting for the next try'],
    ['tests/e2e/busy.spec.ts', 'whoever gets no connection to the database is told to come again'],
  ),
  held(
    '16.5.3',
    2,
    'What fails, fails shut.',
    ['tests/db/proof-restore.test.ts', 'takes no money before it has been compared, and none after'],
    [
      'tests/db/concurrency-locks.test.ts',
      'what is no known refusal is a bug and is thrown, and leaves nothing',
    ],
  ),
  held('16.5.4', 3, 'An error nobody caught ends one request, not the server.', [
    'tests/db/concurrency-away.test.ts',
    'a pool whose every connection died serves the next act',
  ]),
];
