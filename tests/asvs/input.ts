import { because, held, type Control } from './control';

/** Chapters 1 to 3: encoding, business logic, the browser. */
export const INPUT_CONTROLS: readonly Control[] = [
  held(
    '1.2.1',
    1,
    'Output is encoded for where it stands: HTML, attributes, XML, headers.',
    [
      'tests/e2e/naughty.spec.ts',
      'no string typed into any field makes an error of ours, or comes back as markup',
    ],
    ['tests/e2e/whole-site.spec.ts', 'every public page is valid HTML'],
    ['tests/db/outbox.test.ts', 'gains no header from what people typed'],
  ),
  held(
    '1.2.2',
    1,
    'What goes into an address is encoded, and only safe schemes are let through.',
    ['tests/rules/auth/elsewhere.test.ts', 'lead nowhere'],
    ['tests/rules/auth/next-path.test.ts', '%j is not somewhere to go'],
  ),
  held('1.2.3', 1, 'Nothing typed can change the shape of script or JSON.', [
    'tests/e2e/naughty.spec.ts',
    'no string typed into any field makes an error of ours, or comes back as markup',
  ]),
  held(
    '1.2.4',
    1,
    'Queries take values as parameters.',
    ['tests/db/bad-input-open-data.test.ts', 'takes any text a filter may hold as text, however it looks'],
    ['tests/db/naughty-texts.test.ts', 'as names, references and notes of gifts entered by hand'],
  ),
  because(
    'built so',
    ['1.2.5', 1, 'No command of the operating system is built from what people send.'],
    'The server starts one program, its own decoder of photographs, with a fixed list of arguments and the picture on its standard input.',
    ['tests/contracts/files/photograph.test.ts', 'knows nothing of our environment and writes no file'],
  ),
  because(
    'built so',
    ['1.2.9', 2, 'What people send is escaped before it becomes part of a regular expression.'],
    'No regular expression of the product is made from what people send; searches are bound parameters.',
    ['tests/db/bad-input-open-data.test.ts', 'takes any text a filter may hold as text, however it looks'],
  ),
  held(
    '1.2.10',
    3,
    'No exported cell is a formula.',
    ['tests/rules/shared/csv.test.ts', 'is inert for each published payload'],
    ['tests/contracts/files/xlsx.test.ts', 'cannot be made to calculate what people typed'],
    ['tests/db/open-data.test.ts', 'CSV tables have the columns of their schemas, and every cell is inert'],
  ),
  because(
    'does not apply',
    ['1.3.1', 1, 'HTML of editors is sanitised.'],
    'Nobody can write HTML: every text is text.',
  ),
  held('1.3.4', 2, 'SVG of users holds no script.', [
    'tests/rules/files/picture.test.ts',
    "'file_type_refused markup'",
  ]),
  because(
    'built so',
    ['1.3.6', 2, 'Nothing people send decides where the server connects to.'],
    'The server connects to addresses of its settings only (database, provider, mail, files, witness); no input holds an address it fetches.',
  ),
  held(
    '1.3.11',
    2,
    'Nothing typed becomes a command or header of mail.',
    ['tests/db/outbox.test.ts', 'gains no header from what people typed'],
    ['tests/rules/mail/address.test.ts', '%j is refused'],
  ),
  held(
    '1.3.12',
    3,
    'No regular expression runs away.',
    [
      'tests/db/bad-input-open-data.test.ts',
      'refuses what it cannot use by name, with less than a fifth of a second of work',
    ],
    ['tests/rules/shared/amount-text.test.ts', 'each is one exact integer or refused, in no time'],
    ['tests/rules/reconciliation/bad-csv.test.ts', 'gives no movement and a reason, in little time'],
  ),
  held(
    '1.5.2',
    2,
    'What is read from outside becomes only objects of a known shape.',
    ['tests/db/bad-input-webhook.test.ts', 'a body of deep lists, a second key of a name, or __proto__'],
    ['tests/db/bad-input-uploads.test.ts', 'with fields nobody asked for sets nothing by them'],
  ),
  held('1.5.3', 3, 'All readers of one kind of data read it alike.', [
    'tests/rules/shared/amount-text.test.ts',
    'every form reads amounts by that one reader',
  ]),
  because(
    'built so',
    ['2.1.3', 2, 'The limits of the business are written down.'],
    'lib/auth/rate-limit.ts, lib/auth/session-limits.rules.ts and lib/payments/defence.rules.ts hold each limit with its reason; docs/architecture.md says where.',
  ),
  held(
    '2.2.1',
    1,
    'Input is checked against what is expected.',
    ['tests/db/bad-input-uploads.test.ts', 'that is none, too much, or has one field wrong'],
    ['tests/rules/shared/amount-text.test.ts', 'each is one exact integer or refused'],
    ['tests/rules/mail/address.test.ts', '%j is refused'],
  ),
  held(
    '2.2.2',
    1,
    'The server checks, whatever the browser has checked.',
    ['tests/db/naughty-texts.test.ts', 'as what a giver writes about a gift'],
    ['tests/e2e/giving.spec.ts', 'at home without script'],
  ),
  held(
    '2.2.3',
    2,
    'Values that belong together fit each other.',
    ['tests/rules/pledges/pledge.test.ts', 'adds up to the promise, goes forward in time'],
    ['tests/db/works-lines.test.ts', 'an invoice is paid by line: never more than contracted and varied'],
  ),
  held(
    '2.3.1',
    1,
    'Steps come in their order and none is left out.',
    [
      'tests/architecture/states.test.ts',
      'each edge leads where the table says, and every pair without an edge is refused',
    ],
    [
      'tests/rules/payments/giving.test.ts',
      'come one after the other, and the last ones cannot be reached past a gap',
    ],
  ),
  held(
    '2.3.2',
    2,
    'The limits of the business hold.',
    ['tests/db/bad-input-uploads.test.ts', 'reports from one network come to an end, and start again'],
    ['tests/db/concurrency-money.test.ts', 'fifty approvals at once never overdraw the fund'],
  ),
  held(
    '2.3.3',
    2,
    'An act happens whole or not at all.',
    ['tests/db/concurrency-away.test.ts', 'connections that are killed in the middle of acts cost'],
    ['tests/db/outbox.test.ts', 'is not written when its act is rolled back'],
  ),
  held(
    '2.3.4',
    2,
    'What there is only so much of cannot be taken twice.',
    ['tests/db/concurrency-money.test.ts', 'fifty approvals at once never overdraw the fund'],
    ['tests/db/concurrency-checkers.test.ts', 'also when it is handed in twenty times at once'],
  ),
  held(
    '2.3.5',
    3,
    'Weighty acts take two people.',
    [
      'tests/db/concurrency-checkers.test.ts',
      'of several checkers who approve the same thing at once, one has approved it',
    ],
    ['tests/db/refusals.test.ts', 'needs an invoice, of the same road, and one who did not ask for it'],
  ),
  held(
    '2.4.1',
    2,
    'Machines cannot ask without end.',
    ['tests/db/card-testing.test.ts', 'closes pages that strangers left open when they hold too many'],
    ['tests/db/sign-in.test.ts', 'is spent once each, however many ask at the same moment'],
    ['tests/db/bad-input-sign-in.test.ts', 'codes are tried five times'],
  ),
  held('2.4.2', 3, 'A payment takes the time a person needs.', [
    'tests/rules/payments/defence.test.ts',
    'takes a form that a person had the time to read',
  ]),
  held(
    '3.2.1',
    1,
    'No answer is shown as something it is not.',
    ['tests/rules/files/file-name.test.ts', 'let nothing in it run, load, be framed or be guessed at'],
    ['tests/rules/server/headers.test.ts', 'every page tells the browser what it may not do'],
  ),
  held('3.2.2', 1, 'Text is shown as text.', [
    'tests/e2e/naughty.spec.ts',
    'no string typed into any field makes an error of ours, or comes back as markup',
  ]),
  held('3.3.1', 1, 'Cookies are sent over TLS only, with a prefix that says so.', [
    'tests/rules/auth/cookies.test.ts',
    'over https the cookies belong to this very host',
  ]),
  held('3.3.2', 2, 'Cookies are not sent along from other sites.', [
    'tests/rules/auth/cookies.test.ts',
    'over https the cookies belong to this very host',
  ]),
  held(
    '3.3.3',
    2,
    'Cookies belong to this very host (`__Host-`).',
    ['tests/rules/auth/cookies.test.ts', 'over https the cookies belong to this very host'],
    [
      'tests/rules/auth/cookies.test.ts',
      'what keeps a wish over https belongs to this very host, whatever the request says of its own scheme',
    ],
    ['tests/e2e/over-tls.spec.ts', 'every cookie of a walk through the site belongs to this very host'],
  ),
  held('3.3.4', 2, 'Scripts cannot read the session.', [
    'tests/rules/auth/cookies.test.ts',
    'over https the cookies belong to this very host',
  ]),
  held('3.3.5', 3, 'No cookie is larger than browsers keep.', [
    'tests/rules/auth/tokens.test.ts',
    'a draft that would not fit a cookie is not put into one',
  ]),
  held('3.4.1', 1, 'Browsers come back over TLS only, for a year, below this name too.', [
    'tests/rules/server/headers.test.ts',
    'every page tells the browser what it may not do',
  ]),
  held(
    '3.4.2',
    1,
    'Other origins may read only what everyone may.',
    ['tests/e2e/public-data.spec.ts', 'the API pages by key, names what it cannot use'],
    [
      'tests/db/open-data.test.ts',
      'words written anywhere in the books surface in public only from these columns',
    ],
  ),
  held(
    '3.4.3',
    2,
    'A policy lets only named scripts run.',
    ['tests/rules/server/headers.test.ts', 'every page tells the browser what it may not do'],
    [
      'tests/a11y/parts.spec.ts',
      'pages for everyone name each of their scripts by its hash, and nothing else runs',
    ],
    ['tests/a11y/parts.spec.ts', 'a page for one visitor carries a nonce of its own, and nothing else runs'],
  ),
  held('3.4.4', 2, 'Browsers do not guess types.', [
    'tests/rules/server/headers.test.ts',
    'every page tells the browser what it may not do',
  ]),
  held('3.4.5', 2, 'Addresses are not told to other sites.', [
    'tests/rules/server/headers.test.ts',
    'every page tells the browser what it may not do',
  ]),
  held(
    '3.4.6',
    2,
    'Nobody frames our pages but the one made for it.',
    [
      'tests/rules/server/headers.test.ts',
      'every page tells the browser what it may not do, also a page that is made to be framed',
    ],
    ['tests/e2e/public-data.spec.ts', 'the road bar can be framed, without script or cookie'],
  ),
  because(
    'not held',
    ['3.4.7', 3, 'Breaches of the policy are reported somewhere.'],
    'There is no address for reports: anybody could fill it. The policy is held by tests in a real browser instead.',
  ),
  held('3.4.8', 3, 'Other sites get no hold of our windows.', [
    'tests/rules/server/headers.test.ts',
    'every page tells the browser what it may not do',
  ]),
  held(
    '3.5.1',
    1,
    'Requests of other sites change nothing.',
    ['tests/db/bad-input-sign-in.test.ts', 'a request that none of our pages sent is answered 403'],
    ['tests/e2e/sign-in-attacks.spec.ts', 'is refused with 403 wherever it is sent'],
  ),
  held('3.5.2', 1, 'Also those that no browser asks about first.', [
    'tests/rules/auth/origin.test.ts',
    'is refused when it %s (${method})',
  ]),
  held(
    '3.5.3',
    1,
    'Reading changes nothing.',
    [
      'tests/e2e/sign-in-attacks.spec.ts',
      'a token is good only as it was given: not cut, altered, of another kind, or sent by GET',
    ],
    ['tests/db/sign-in.test.ts', 'signs in once; reading it changes nothing'],
  ),
  held('3.5.6', 3, 'No answer is script that another site could run.', [
    'tests/db/bad-input-open-data.test.ts',
    "'callback=alert'",
  ]),
  held(
    '3.5.8',
    3,
    'What is for one person is not loaded by other sites.',
    ['tests/rules/server/headers.test.ts', 'every page tells the browser what it may not do'],
    ['tests/rules/files/file-name.test.ts', 'let nothing in it run, load, be framed or be guessed at'],
  ),
  held('3.7.2', 2, 'Nobody is led to another host, but to the provider’s page.', [
    'tests/rules/auth/elsewhere.test.ts',
    'lead nowhere',
  ]),
];
