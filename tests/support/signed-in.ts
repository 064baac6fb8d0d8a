import { randomBytes } from 'node:crypto';
import type { BrowserContext } from '@playwright/test';
import pg from 'pg';
import { newId } from '@/lib/shared/id';
import { keyedHash } from '@/lib/shared/seal';
import { stack } from './stack';

/** A query on the database of the product under test, as its owner: for what no page shows. */
export const inDatabase = async <Row extends pg.QueryResultRow>(
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: stack().environment['DATABASE_URL'] });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
};

/**
 * What proving an address does (tests/e2e/sign-in.spec.ts): an account, and the records of that address are its own.
 * Any number at a time may ask.
 */
export const openAccount = async (email: string): Promise<void> => {
  await inDatabase(
    `insert into person (id, email, name, lang) values ($1, $2, '—', 'zh-Hant') on conflict do nothing`,
    [newId(), email],
  );
  await inDatabase(
    `update donor set person_id = (select id from person where email = $1) where email = $1 and person_id is null`,
    [email],
  );
};

/** Somebody new with these roles, for a test that must not be disturbed by others who act as the same person. Answers the address. */
export const newStaff = async (roles: readonly string[], lang = 'en'): Promise<string> => {
  const [personId, email] = [newId(), `${newId()}@example.org`];
  await inDatabase('insert into person (id, email, name, lang) values ($1, $2, $3, $4)', [
    personId,
    email,
    '欧阳明',
    lang,
  ]);
  for (const role of roles)
    await inDatabase('insert into person_role (person_id, role) values ($1, $2)', [personId, role]);
  return email;
};

/** The cookie a signed-in browser holds. */
export const sessionCookie = (token: string) => ({
  name: 'shanlu-session',
  value: token,
  url: stack().url,
  httpOnly: true,
  sameSite: 'Lax' as const,
});

/**
 * Signs a browser in as this person without the mail and, unless told otherwise, with the second factor given a
 * moment ago: for tests of other things than signing in. Answers the session's token.
 */
export const signedInAs = async (
  context: BrowserContext,
  email: string,
  { secondFactor = true }: { readonly secondFactor?: boolean } = {},
): Promise<string> => {
  const token = randomBytes(32).toString('base64url');
  const secret = stack().environment['AUTH_SECRET'];
  if (secret === undefined) throw new Error('the product under test has no AUTH_SECRET');
  const rows = await inDatabase(
    `insert into sign_in_session (id, token_hash, person_id, device, expires_at, second_factor_at)
     select $1, $2, id, 'Test', now() + interval '1 day', case when $3 then now() end from person where email = $4
     returning id`,
    [newId(), keyedHash(secret, 'session', token), secondFactor, email],
  );
  if (rows.length !== 1) throw new Error(`nobody has the address ${email}`);
  await context.addCookies([sessionCookie(token)]);
  return token;
};
