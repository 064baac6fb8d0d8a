import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { SECRETS, secretsFromFiles, withoutSecretFiles, withSecrets } from '@/lib/secrets.js';

const folder = mkdtempSync(join(tmpdir(), 'shanlu-secrets-'));
const credentials = join(folder, 'credentials');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  rmSync(credentials, { recursive: true, force: true });
  mkdirSync(credentials);
});

const VALUE = 'very-secret-0123456789';
const keep = (name: string, content: string | Buffer = `${VALUE}\n`, mode = 0o400): string => {
  const path = name.startsWith('/') ? name : join(folder, name);
  rmSync(path, { force: true });
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
};
const said = (source: Record<string, string | undefined>): string => {
  try {
    secretsFromFiles(source);
    return 'taken';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a secret in a file', () => {
  test.each(SECRETS)('%s may lie in a file that is named, and in the folder of credentials', (name) => {
    const path = keep('one');
    expect(withSecrets({ [`${name}_FILE`]: path, PUBLIC_URL: 'x' })).toMatchObject({
      [name]: VALUE,
      PUBLIC_URL: 'x',
    });
    keep(join(credentials, name));
    expect(secretsFromFiles({ CREDENTIALS_DIRECTORY: credentials })).toEqual({ [name]: VALUE });
  });

  test.each([
    ['one\n', 'one'],
    ['one\r\n', 'one'],
    ['one', 'one'],
    ['one\n\n', 'one\n'],
    ['PRIVATE+KEY+a\nPRIVATE+KEY+b\n', 'PRIVATE+KEY+a\nPRIVATE+KEY+b'],
    ['  spaces stay \n', '  spaces stay '],
  ])('%j is %j: the line end behind it is not part of it', (content, value) => {
    expect(secretsFromFiles({ AUTH_SECRET_FILE: keep('one', content) })).toEqual({ AUTH_SECRET: value });
  });

  test('is taken where the group may read it, and through a link', () => {
    const path = keep('grouped', VALUE, 0o440);
    const link = join(folder, 'link');
    rmSync(link, { force: true });
    symlinkSync(path, link);
    expect(secretsFromFiles({ AUTH_SECRET_FILE: link })).toEqual({ AUTH_SECRET: VALUE });
  });

  test('that is given twice is refused, whichever two ways; an empty variable is none', () => {
    const AUTH_SECRET_FILE = keep('one');
    keep(join(credentials, 'AUTH_SECRET'));
    const CREDENTIALS_DIRECTORY = credentials;
    for (const [source, ways] of [
      [{ AUTH_SECRET: 'x', AUTH_SECRET_FILE }, 'AUTH_SECRET, AUTH_SECRET_FILE'],
      [{ AUTH_SECRET: VALUE, CREDENTIALS_DIRECTORY }, 'AUTH_SECRET, CREDENTIALS_DIRECTORY'],
      [{ AUTH_SECRET_FILE, CREDENTIALS_DIRECTORY }, 'AUTH_SECRET_FILE, CREDENTIALS_DIRECTORY'],
    ] as const)
      expect(said(source)).toContain(`  AUTH_SECRET is given more than once (${ways}): keep one.`);
    expect(said({ AUTH_SECRET: '', AUTH_SECRET_FILE })).toBe('taken');
    expect(said({ AUTH_SECRET: VALUE, AUTH_SECRET_FILE: '' })).toBe('taken');
  });

  test.each<[string, () => string, string]>([
    ['is not there', () => join(folder, 'nowhere'), 'is not there.'],
    ['lies below a file', () => join(keep('one'), 'x'), 'is not there.'],
    ['is empty', () => keep('one', ''), 'is empty.'],
    ['holds a line end only', () => keep('one', ' \n'), 'is empty.'],
    ['is read by everybody', () => keep('one', VALUE, 0o444), '(mode 444): chmod 400.'],
    ['is written by everybody', () => keep('one', VALUE, 0o602), '(mode 602): chmod 400.'],
    ['is a folder', () => folder, 'is not a file.'],
    ['is no secret', () => keep('one', Buffer.alloc(65_537, 'x')), 'is larger than any secret.'],
  ])('that %s is refused in one sentence', (_what, make, words) => {
    const path = make();
    const sentence = said({ AUTH_SECRET_FILE: path });
    expect(sentence).toMatch(/^The secrets cannot be used:\n {2}AUTH_SECRET_FILE: [^\n]+$/);
    expect(sentence).toContain(path);
    expect(sentence).toContain(words);
    expect(sentence).not.toContain(VALUE);
  });

  test('of the folder of credentials is held to the same; one that is not there was not given', () => {
    const CREDENTIALS_DIRECTORY = credentials;
    expect(secretsFromFiles({ CREDENTIALS_DIRECTORY })).toEqual({});
    keep(join(credentials, 'SMTP_URL'), VALUE, 0o644);
    keep(join(credentials, 'AUTH_SECRET'), '');
    keep(join(credentials, 'of-somebody-else'), VALUE, 0o644);
    const sentences = said({ CREDENTIALS_DIRECTORY });
    expect(sentences.split('\n')).toHaveLength(3);
    expect(sentences).toContain('AUTH_SECRET is empty.');
    expect(sentences).toContain('(mode 644): chmod 400.');
  });

  test('stays out of what a program is given that has its own', () => {
    expect(
      withoutSecretFiles({
        AUTH_SECRET_FILE: '/x',
        CREDENTIALS_DIRECTORY: '/y',
        NODE_EXTRA_FILE: '/z',
        A: '1',
      }),
    ).toEqual({ NODE_EXTRA_FILE: '/z', A: '1' });
  });
});

const start = (args: string[], env: Record<string, string>) =>
  new Promise<{ code: number; text: string }>((done) => {
    execFile(
      process.execPath,
      args,
      { env: { PATH: process.env['PATH'] ?? '', HOME: folder, NODE_ENV: 'production', ...env } },
      (error, stdout, stderr) =>
        done({ code: typeof error?.code === 'number' ? error.code : 0, text: stdout + stderr }),
    );
  });

test('a program that is started with a secret it cannot use says so and ends', async () => {
  const AUTH_SECRET_FILE = keep('open', VALUE, 0o644);
  const server = ['--conditions=react-server', '--import', 'tsx'];
  for (const [file, args] of [
    ['lib/run/worker.ts', server],
    ['lib/run/migrate.ts', server],
    ['lib/run/log-key.ts', server],
    ['lib/run/with-database.mjs', []],
  ] as const) {
    const settings = { AUTH_SECRET_FILE, DATA_DIR: join(folder, 'data') };
    const { code, text } = await start([...args, file, 'lib/run/proofs.ts'], settings);
    expect(code, file).toBe(1);
    expect(text, file).toContain('AUTH_SECRET_FILE:');
    expect(text, file).toContain('(mode 644): chmod 400.');
    expect(text, file).not.toContain(VALUE);
  }
});

test('the units, the command and the containers of docs/running hold no secret, and load every one', () => {
  const read = (file: string): string => readFileSync(`docs/running/${file}`, 'utf8');
  // The owner's address is for `migrate` alone, the secret of the roles made the addresses.
  const served = SECRETS.filter((name) => !['DATABASE_URL', 'DATABASE_ROLE_SECRET'].includes(name));
  for (const file of ['shanlu-web@.service', 'shanlu-worker@.service']) {
    const loaded = [...read(file).matchAll(/^LoadCredentialEncrypted=(\w+)$/gm)].map(([, name]) => name);
    expect(loaded.sort(), file).toEqual([...served].sort());
  }
  for (const file of [
    'shanlu-web@.service',
    'shanlu-worker@.service',
    'shanlu',
    'compose.yaml',
    'Dockerfile',
  ])
    for (const name of SECRETS)
      expect(read(file).replaceAll(/^#.*$/gm, ''), `${name} in ${file}`).not.toMatch(
        new RegExp(`(?<!\\w)${name}[=:] *[^\\s]`),
      );
});
