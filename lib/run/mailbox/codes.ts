import { readFile } from 'node:fs/promises';
import { generateSync } from 'otplib';

/** Someone of the demo who signs in with a second factor, and the code an authenticator app would show now. */
export type Code = { readonly role: string; readonly email: string; readonly code: string };

/**
 * The demo's authenticator. The people of the story and their secrets are public (the launcher prints them), so this
 * gives nothing away; it spares a newcomer from setting up an app five times.
 */
export const codesNow = async (peopleFile: string): Promise<Code[]> => {
  const text = await readFile(peopleFile, 'utf8').catch(() => '[]');
  const people = JSON.parse(text) as { role: string; email: string; secondFactor?: string }[];
  return people.flatMap(({ role, email, secondFactor }) =>
    secondFactor === undefined ? [] : [{ role, email, code: generateSync({ secret: secondFactor }) }],
  );
};
