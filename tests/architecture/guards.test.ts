import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

// Whatever a browser can call in the server asks first who is calling: every exported function of a 'use server' file
// and every method of a route handler reaches one of the guards, or is named here with the reason why anybody may.

const GUARDS = new Set(['requireStaff', 'currentActor', 'currentPerson', 'requireGiver']);

/** Open to everybody, with the reason: files, or one function of a file. */
const OPEN: Readonly<Record<string, string>> = {
  'app/[lang]/(donor)/report/actions.ts':
    'a report of a defect needs no name; its number per network is limited',
  'app/[lang]/(donor)/letters/stop/actions.ts': 'whoever holds the link of a letter may stop the letters',
  'app/[lang]/(public)/share.png/route.ts': 'a picture of published numbers',
  'app/[lang]/(public)/roads/[code]/share.png/route.ts': 'a picture of published numbers',
  'app/[lang]/(public)/reports/[number]/pdf/route.ts': 'a published report',
  'app/[lang]/(sign-in)/_entry/actions.ts#ask':
    'the first step of signing in; mails are limited per address and network',
  'app/[lang]/(sign-in)/_entry/link-actions.ts':
    'whoever holds the link of a letter sees whom it would sign in',
  'app/api/auth/[...nextauth]/route.ts': 'signing in itself; each of its steps is limited per network',
  'app/api/hall/[event]/live/route.ts': 'published numbers and read names of an evening',
  'app/api/health/route.ts': 'says that the process lives, nothing else',
  'app/api/letters/stop/route.ts': 'whoever holds the link of a letter may stop the letters (RFC 8058)',
  'app/api/metrics/route.ts': 'for whoever holds METRICS_TOKEN; nobody without that setting',
  'app/api/oembed/route.ts': 'published numbers',
  'app/api/ready/route.ts': 'says that requests are served, nothing else',
  'app/api/session/route.ts': 'how long the asker’s own session lasts, which asking does not make longer',
  'app/api/stripe/webhook/route.ts': 'the provider signs what it sends; the signature is checked',
  'app/api/v1/[[...path]]/route.ts': 'open data; its number per network is limited',
  'app/display/route.ts': 'keeps light or dark in a cookie of the asker',
  'app/files/[sha256]/route.ts': 'published files only, found by the disclosure views',
  'app/language/route.ts': 'keeps the language in a cookie of the asker',
  'app/log/[...path]/route.ts': 'the public log',
  'app/open-data/[...name]/route.ts': 'open data; its number per network is limited',
  'app/r/[code]/route.ts': 'the short address of a road',
  'app/robots.txt/route.ts': 'the same for everybody',
  'app/sitemap.xml/route.ts': 'addresses of public pages',
};

type Callable = { readonly file: string; readonly name: string; readonly guarded: boolean };

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);

/** The exported functions of a file, and whether one of the guards is called on the way through its own functions. */
const callables = (file: string): Callable[] => {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const bodies = new Map<string, ts.Node>();
  const exported: string[] = [];
  for (const statement of source.statements) {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    const named = ts.isFunctionDeclaration(statement)
      ? [{ name: statement.name?.text ?? 'default', node: statement as ts.Node }]
      : ts.isVariableStatement(statement)
        ? statement.declarationList.declarations.map((one) => ({
            name: one.name.getText(),
            node: one as ts.Node,
          }))
        : [];
    for (const { name, node } of named) {
      bodies.set(name, node);
      if (isExported) exported.push(name);
    }
  }
  const reaches = (name: string, seen: ReadonlySet<string>): boolean => {
    if (GUARDS.has(name)) return true;
    const body = bodies.get(name);
    if (body === undefined || seen.has(name)) return false;
    const next = new Set([...seen, name]);
    let found = false;
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && node.text !== name && reaches(node.text, next)) found = true;
      if (!found) ts.forEachChild(node, visit);
    };
    visit(body);
    return found;
  };
  const wanted = file.endsWith('/route.ts') ? exported.filter((name) => METHODS.has(name)) : exported;
  return wanted.map((name) => ({ file, name, guarded: reaches(name, new Set()) }));
};

const files = ['app', 'lib']
  .flatMap((top) => readdirSync(top, { recursive: true, encoding: 'utf8' }).map((file) => `${top}/${file}`))
  .filter(
    (file) =>
      file.endsWith('/route.ts') ||
      (/\.tsx?$/.test(file) && /^\s*'use server'/m.test(readFileSync(file, 'utf8'))),
  )
  .sort();

describe('what a browser can call asks who is calling', () => {
  test('there are handlers and actions to look at', () => {
    expect(files.filter((file) => file.endsWith('route.ts')).length).toBeGreaterThan(25);
    expect(files.filter((file) => !file.endsWith('route.ts')).length).toBeGreaterThan(15);
  });
  test.each(files)('%s', (file) => {
    const open = callables(file)
      .filter(({ guarded }) => !guarded)
      .map(({ name }) => name)
      .filter((name) => OPEN[`${file}#${name}`] === undefined);
    if (OPEN[file] === undefined) expect(open).toEqual([]);
    // A file that has a guard after all needs no reason for having none.
    else expect(open.length, `${file} is guarded: take it off the list`).toBeGreaterThan(0);
  });
  test('no action closes over values: they are whole files, so next.config.js may name them the same in every build', () => {
    const within = files.filter((file) => {
      const text = readFileSync(file, 'utf8');
      return /['"]use server['"]/.test(text.replace(/^'use server';/, ''));
    });
    expect(within).toEqual([]);
  });
  test('every reason belongs to a file that is there', () => {
    expect(Object.keys(OPEN).filter((key) => !files.includes(key.replace(/#.*/, '')))).toEqual([]);
  });
});

describe('every file from outside goes through the scanner', () => {
  // `takeUpload` is the one door; a piece of a photograph is looked at when the photograph is whole.
  const OWN_WAY = new Set([
    'app/[lang]/site/[code]/queue.ts', // in the browser: its own photograph, to be sent
    'app/api/site/uploads/[id]/route.ts',
    'lib/server/small-form.ts', // forms without a file
  ]);
  const reads =
    /\.(?:arrayBuffer|bytes|stream|blob)\(\)|\b(?:file|upload|sent|picture|photograph)\w*\.text\(|\breadUpload\(/i;
  const server = ['app', 'lib']
    .flatMap((top) => readdirSync(top, { recursive: true, encoding: 'utf8' }).map((file) => `${top}/${file}`))
    .filter((file) => /\.tsx?$/.test(file) && !/^lib\/(?:run|files)\//.test(file));

  test('no page, action or route reads one by itself', () => {
    const found = server.filter((file) => reads.test(readFileSync(file, 'utf8')));
    expect(found.filter((file) => !OWN_WAY.has(file))).toEqual([]);
    expect([...OWN_WAY].filter((file) => !found.includes(file))).toEqual([]);
  });

  test('whoever puts something on a shelf has it from that door, or reads it from a shelf', () => {
    const putters = server.filter((file) => /\.(?:sealed|public)\.put\(/.test(readFileSync(file, 'utf8')));
    expect(putters.length).toBeGreaterThan(3);
    expect(putters.filter((file) => !readFileSync(file, 'utf8').includes('takeUpload('))).toEqual([]);
  });
});
