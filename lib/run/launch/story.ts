import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';

import { root } from './bootstrap.mjs';
import { filesBelow } from './build';
import type { Environment } from './children';
import { lastLines } from './programs.mjs';

/** Someone of the story who can sign in; the second factor is the secret for an authenticator app. */
export type Person = { readonly role: string; readonly email: string; readonly secondFactor?: string };

/** Who can sign in; the mailbox reads it. */
export const peopleFile = (dataDir: string): string => join(dataDir, 'people.json');

type Played = { readonly program: string; readonly acts: string };

/**
 * Plays what is not played yet and answers who can sign in. Playing a story that has been played takes seconds to find
 * that out act by act; so the program that played it and the number of its acts are noted, and the same program on a
 * database that still holds them all is not started again.
 */
export const playStory = async (
  dataDir: string,
  environment: Environment,
  play: () => Promise<string>,
): Promise<readonly Person[]> => {
  const noteFile = join(dataDir, 'story.json');
  const program = programHash();
  const known = noted<Played>(noteFile);
  const people = noted<readonly Person[]>(peopleFile(dataDir));
  if (known?.program === program && people && (await actsIn(environment)) === known.acts) return people;
  const told = JSON.parse(lastLines(await play(), 1)) as { people: readonly Person[] };
  writeFileSync(peopleFile(dataDir), JSON.stringify(told.people, null, 2));
  writeFileSync(noteFile, JSON.stringify({ program, acts: await actsIn(environment) } satisfies Played));
  return told.people;
};

const noted = <Value>(file: string): Value | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Value;
  } catch {
    return undefined;
  }
};

const actsIn = async (environment: Environment): Promise<string> => {
  const client = new Client({ connectionString: environment['DATABASE_URL'] });
  await client.connect();
  try {
    const { rows } = await client.query<{ acts: string }>(
      "select count(*)::text as acts from command_key where key like 'story:%'",
    );
    return rows[0]?.acts ?? '0';
  } finally {
    await client.end();
  }
};

/** The story and everything that draws its papers and pictures. */
const programHash = (): string => {
  const hash = createHash('sha256');
  for (const file of filesBelow(join('lib', 'run'), true))
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
};
