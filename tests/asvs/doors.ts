import { because, held, type Control } from './control';

/** Chapters 4 to 8: messages, files, signing in, sessions, who may do what. */
export const DOOR_CONTROLS: readonly Control[] = [
  held(
    '4.1.1',
    1,
    'Every answer names its type and its letters.',
    ['tests/db/bad-input-open-data.test.ts', 'refuses what it cannot use by name'],
    ['tests/e2e/whole-site.spec.ts', 'every public page is valid HTML'],
  ),
  because(
    'whoever runs it',
    ['4.1.2', 2, 'Only pages for people are led from HTTP to HTTPS.'],
    'Shanlu speaks HTTP to the proxy before it and redirects nothing; docs/running.md and docs/running/nginx.conf show a proxy that does it.',
  ),
  held(
    '4.1.3',
    2,
    'Headers of a proxy cannot be written by visitors.',
    ['tests/rules/server/headers.test.ts', 'a chain of forwarded addresses moves nobody to another network'],
    [
      'tests/e2e/sign-in-attacks.spec.ts',
      'tries are counted per connection, whatever a client writes into its headers',
    ],
  ),
  because(
    'partly',
    ['4.1.4', 3, 'Methods nobody offers are refused.'],
    'A handler answers 405 for a method it does not export; pages also answer HEAD and OPTIONS, without a word of what is not theirs.',
    ['tests/e2e/variants.spec.ts', 'nobody gets a word of what is not theirs'],
  ),
  held(
    '4.1.5',
    3,
    'Weighty messages are signed one by one.',
    ['tests/db/bad-input-webhook.test.ts', 'when it is not signed by the provider, altered, no event'],
    ['tests/contracts/note.test.ts', 'accepts no single changed byte'],
  ),
  held('4.2.1', 2, 'All parts agree where a message ends.', [
    'tests/e2e/raw-requests.spec.ts',
    'what no client sends gets its one refusal, smuggles nothing in, and the server goes on',
  ]),
  because(
    'built so',
    ['5.1.1', 2, 'What files are taken is written down.'],
    'lib/files/picture.rules.ts, lib/files/document.gateway.ts and lib/reconciliation/statement/read.rules.ts name kinds and sizes; the pages say them where files are handed in.',
  ),
  held(
    '5.2.1',
    1,
    'No file is larger than we can work on.',
    ['tests/rules/files/upload.test.ts', 'is refused from one byte more, without reading on'],
    ['tests/contracts/files/photograph.test.ts', 'of 40 megapixels takes less than 300 MB'],
  ),
  held(
    '5.2.2',
    1,
    'A file is what its bytes say, not its name.',
    ['tests/rules/files/picture.test.ts', 'that is %s is refused'],
    ['tests/contracts/files/document.test.ts', 'a PDF with JavaScript'],
  ),
  held(
    '5.2.3',
    2,
    'Packed files are looked at before they are unpacked.',
    ['tests/rules/reconciliation/mapping.test.ts', 'refuses other archives and damaged workbooks'],
    ['tests/contracts/files/photograph.test.ts', 'a chunk of text that unpacks to 200 MB'],
  ),
  because(
    'partly',
    ['5.2.4', 3, 'One person cannot fill the disk.'],
    'Uploads of photographs that nobody finishes go after two weeks, and only staff hand in files; there is no number of files per person.',
    ['tests/db/site-evidence.test.ts', 'an upload nobody came back to for two weeks goes with its pieces'],
  ),
  held('5.2.6', 3, 'Pictures of too many pixels are refused.', [
    'tests/rules/files/picture.test.ts',
    '14,000² pixels',
  ]),
  held('5.3.1', 1, 'No uploaded file is ever run.', [
    'tests/rules/files/file-name.test.ts',
    'never say a type that a browser would run',
  ]),
  held('5.3.2', 1, 'Files lie under names of our own.', [
    'tests/contracts/files/store.test.ts',
    'has nothing under names that are no hashes',
  ]),
  held('5.4.1', 2, 'Names people gave are not believed.', [
    'tests/rules/files/file-name.test.ts',
    '%j is offered as %j',
  ]),
  held('5.4.2', 2, 'Names of downloads can carry nothing else.', [
    'tests/rules/files/file-name.test.ts',
    'can be put into a header whatever the name is, and reads back',
  ]),
  held(
    '5.4.3',
    2,
    'Files of strangers are scanned, where CLAMD_ADDRESS is set.',
    ['tests/db/uploads-scanned.test.ts', 'is refused by name with a virus in it: nothing is written'],
    ['tests/db/uploads-scanned.test.ts', 'is refused when the scanner is of no use (%s): nothing is kept'],
    ['tests/contracts/files/clamd.test.ts', 'the test virus is found by name, alone and deep in a file'],
    ['tests/architecture/guards.test.ts', 'no page, action or route reads one by itself'],
    ['tests/contracts/files/document.test.ts', 'a PDF that starts a program'],
  ),
  because(
    'built so',
    ['6.1.1', 1, 'How guessing is slowed, without shutting people out, is written down.'],
    'lib/auth/rate-limit.ts says each budget and why nobody can use up another’s.',
    ['tests/db/sign-in.test.ts', 'of one person is not stopped by requests others make for the same address'],
  ),
  held(
    '6.3.1',
    1,
    'Guessing is slowed.',
    ['tests/db/sign-in.test.ts', 'a parallel storm of guesses is counted one by one'],
    ['tests/db/bad-input-sign-in.test.ts', 'codes are tried five times'],
  ),
  held('6.3.2', 1, 'There are no accounts that came with the program.', [
    'tests/db/sign-in-production.test.ts',
    'where stand-ins are not allowed, nobody is entered with an authenticator known beforehand',
  ]),
  held(
    '6.3.3',
    2,
    'Staff need a second factor.',
    [
      'tests/architecture/roles.test.ts',
      'every act lets in exactly those the table names, and staff only with the second factor',
    ],
    ['tests/db/sign-in-second-factor.test.ts', 'raises the session and gives it a new token'],
    ['tests/db/passkeys.test.ts', 'is added under a name, raises a session and gives it a new token'],
  ),
  held('6.3.4', 2, 'There is no way in besides those described.', [
    'tests/architecture/guards.test.ts',
    'what a browser can call asks who is calling',
  ]),
  because(
    'not held',
    ['6.3.5', 3, 'People are told of odd attempts.'],
    'Every attempt stands in the audit trail and each open session is shown with its device; no mail is sent for a strange one.',
  ),
  because(
    'not held',
    ['6.3.6', 3, 'Mail is no factor.'],
    'Givers sign in by mail alone, as they have nothing but their own gifts to see; staff need their authenticator besides.',
  ),
  held('6.3.7', 3, 'People are told when their factors change.', [
    'tests/db/sign-in-second-factor.test.ts',
    'an administrator resets a lost one, never their own; its owner is signed out everywhere',
  ]),
  held(
    '6.3.8',
    3,
    'Nobody learns who is known here.',
    ['tests/db/sign-in.test.ts', 'takes the same time for a known and an unknown address'],
    [
      'tests/e2e/sign-in-attacks.spec.ts',
      'the answer is the same for who is known and who is not: status, headers, bytes',
    ],
  ),
  held(
    '6.5.1',
    2,
    'A code is good once.',
    [
      'tests/db/sign-in-second-factor.test.ts',
      'a code is accepted once, also by another session and a step later',
    ],
    ['tests/db/sign-in.test.ts', 'signs in once when it is posted twenty times at the same moment'],
    ['tests/db/sign-in-second-factor.test.ts', 'ten recovery codes work once each'],
  ),
  held(
    '6.5.2',
    2,
    'Short secrets that are looked up (recovery codes, 49 bits) are kept by a slow hash with a random salt.',
    [
      'tests/db/sign-in-recovery-codes.test.ts',
      'are kept under scrypt at the cost OWASP names, with 128 random bits of salt for each set',
    ],
    [
      'tests/db/sign-in-recovery-codes.test.ts',
      'are put under scrypt by the worker a day later, and work as before, once',
    ],
    [
      'tests/db/sign-in-recovery-codes.test.ts',
      'a try is spent before its code is hashed, and no transaction waits for the hash',
    ],
    ['tests/db/sign-in-second-factor.test.ts', 'a recovery code of one person opens nothing for another'],
  ),
  held('6.5.3', 2, 'Codes come from a good source of chance.', [
    'tests/rules/auth/code.test.ts',
    'every letter is equally likely over all bytes',
  ]),
  held('6.5.4', 2, 'Codes have at least 20 bits.', [
    'tests/rules/auth/code.test.ts',
    'what is printed is what is read',
  ]),
  held(
    '6.5.5',
    2,
    'Codes live ten minutes at most, those of an authenticator thirty seconds by its own clock.',
    ['tests/db/sign-in.test.ts', 'is nothing after ten minutes'],
    [
      'tests/db/sign-in-second-factor.test.ts',
      'is taken in its own thirty seconds; one step off it is told so, farther off it is wrong',
    ],
    [
      'tests/rules/auth/totp.test.ts',
      'by itself the code of the authenticator’s current step passes and no other, whatever its drift',
    ],
    [
      'tests/rules/auth/totp.test.ts',
      'two in a row, equally far off and the second later, prove the drift; nothing else does',
    ],
    [
      'tests/db/sign-in-second-factor.test.ts',
      'that was told to have run out is never taken, also when its half minute comes',
    ],
  ),
  held('6.5.6', 3, 'A lost factor can be ended.', [
    'tests/db/sign-in-second-factor.test.ts',
    'an administrator resets a lost one, never their own; its owner is signed out everywhere',
  ]),
  held('6.5.8', 3, 'The server’s own clock decides about codes.', [
    'tests/db/sign-in-second-factor.test.ts',
    'is taken in its own thirty seconds; one step off it is told so, farther off it is wrong',
  ]),
  held(
    '6.6.2',
    2,
    'A code belongs to the request it was made for.',
    ['tests/db/sign-in.test.ts', 'tries of one browser do not touch the request of another'],
    [
      'tests/db/sign-in.test.ts',
      'cannot be cut, lengthened, altered, or replaced by another secret of the same row',
    ],
  ),
  held('6.6.3', 2, 'Codes of mails are tried a few times.', [
    'tests/db/sign-in.test.ts',
    'is tried five times in the browser that asked, and a sixth time never',
  ]),
  held('6.7.2', 3, 'What a passkey signs is 256 random bits, once.', [
    'tests/db/passkeys.test.ts',
    'answers each challenge once, in its own session, for its own purpose and in two minutes',
  ]),
  because(
    'does not apply',
    ['6.8.1', 2, 'Identities of several providers are kept apart.'],
    'No other provider signs people in.',
  ),
  because(
    'does not apply',
    ['6.8.2', 2, 'What a provider of identities says is signed.'],
    'No other provider signs people in.',
  ),
  held('7.2.1', 1, 'The server looks each session up.', [
    'tests/e2e/sign-in-attacks.spec.ts',
    'a session that is someone else’s, cut or made up opens nothing',
  ]),
  held('7.2.2', 1, 'Sessions are made anew, no fixed keys.', [
    'tests/db/sign-in-second-factor.test.ts',
    'raises the session and gives it a new token; the old one opens nothing',
  ]),
  held('7.2.3', 1, 'A session’s token is 256 random bits.', [
    'tests/db/sign-in.test.ts',
    'keeps no secret that could be used: not in the request, the mail, the answer or the audit trail',
  ]),
  held('7.2.4', 1, 'Signing in gives a new token and ends the old one.', [
    'tests/db/sign-in-second-factor.test.ts',
    'raises the session and gives it a new token; the old one opens nothing',
  ]),
  held('7.3.1', 2, 'Idle sessions end.', [
    'tests/db/staff-sessions.test.ts',
    'end after twelve hours, and after thirty minutes without a click',
  ]),
  held('7.3.2', 2, 'All sessions end some day.', [
    'tests/db/staff-sessions.test.ts',
    'end after twelve hours, and after thirty minutes without a click',
  ]),
  held('7.4.1', 1, 'An ended session opens nothing.', [
    'tests/e2e/sign-in.spec.ts',
    'staff: mail, code, second factor, to where they were going; signing out ends it',
  ]),
  held('7.4.2', 1, 'A shut account has no sessions.', [
    'tests/db/sign-in.test.ts',
    'is unknown: no mail, no session, the open ones end',
  ]),
  held('7.4.3', 2, 'A changed factor ends the other sessions.', [
    'tests/db/sign-in-second-factor.test.ts',
    'an administrator resets a lost one, never their own; its owner is signed out everywhere',
  ]),
  held('7.4.4', 2, 'Every page leads to signing out.', [
    'tests/e2e/sign-in.spec.ts',
    'staff: mail, code, second factor, to where they were going; signing out ends it',
  ]),
  held('7.4.5', 2, 'Administrators can end the sessions of others.', [
    'tests/db/sign-in-second-factor.test.ts',
    'an administrator resets a lost one, never their own; its owner is signed out everywhere',
  ]),
  held('7.5.1', 2, 'Who changes a factor proves themselves again.', [
    'tests/e2e/sign-in.spec.ts',
    'weighty pages ask for the second factor again when it was given long ago',
  ]),
  held(
    '7.5.2',
    2,
    'People see their sessions and end them.',
    ['tests/db/staff-sessions.test.ts', 'can be ended one by one, all but one, and never for somebody else'],
    ['tests/e2e/sign-in.spec.ts', 'a session ended elsewhere is out at the next click'],
  ),
  held('7.5.3', 3, 'Weighty pages ask for the second factor again.', [
    'tests/e2e/sign-in.spec.ts',
    'weighty pages ask for the second factor again when it was given long ago',
  ]),
  held('8.1.1', 1, 'Who may do what is written down.', [
    'tests/architecture/roles.test.ts',
    'the written table names every act there is, and no other',
  ]),
  held('8.1.2', 2, 'Which fields who may see is written down.', [
    'tests/architecture/disclosure.test.ts',
    'the public can read exactly the columns of the list',
  ]),
  held(
    '8.2.1',
    1,
    'Acts are open to those who are named, and nobody else.',
    ['tests/architecture/roles.test.ts', 'every act lets in exactly those the table names'],
    ['tests/architecture/commands.test.ts', 'an act is refused for whoever lacks its permission'],
  ),
  held(
    '8.2.2',
    1,
    'Nobody reaches what belongs to another.',
    ['tests/e2e/variants.spec.ts', 'nobody gets a word of what is not theirs, however it is asked for'],
    ['tests/db/donors.test.ts', 'shows what is mine and nothing of anybody else'],
    ['tests/db/bad-input-uploads.test.ts', 'of somebody else, or of an id that is none, are not there'],
  ),
  held('8.2.3', 2, 'Fields are shown to those who may see them.', [
    'tests/e2e/canary.spec.ts',
    'an anonymous giver leaves no trace in anything public',
  ]),
  held('8.3.1', 1, 'The server decides, not the browser.', [
    'tests/architecture/guards.test.ts',
    'what a browser can call asks who is calling',
  ]),
  held('8.3.2', 3, 'A role taken away is gone at once.', [
    'tests/db/staff-sessions.test.ts',
    'hold from the moment they are given, and end with every session the moment they are taken',
  ]),
  held('8.3.3', 3, 'Rights are those of who asks, not of what stands between.', [
    'tests/db/disclosure.test.ts',
    'the public role reads the disclosure views and no table behind them',
  ]),
  because(
    'does not apply',
    ['8.4.1', 2, 'Tenants are kept apart.'],
    'One installation belongs to one organisation.',
  ),
];
