import { randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { newId } from '@/lib/shared/id';
import { inDatabase } from './signed-in';

// What the tests of signing in through a browser have in common.

export const unique = (name: string): string => `${name}-${randomBytes(5).toString('hex')}@example.org`;

/** Someone who gave with this address. */
export const newDonor = async (name = 'Ada'): Promise<string> => {
  const email = unique('donor');
  await inDatabase('insert into donor (id, name, email, lang) values ($1, $2, $3, $4)', [
    newId(),
    name,
    email,
    'en',
  ]);
  return email;
};

/** Someone who works here and has not signed in before. */
export const newStaff = async (role: string): Promise<{ email: string; personId: string }> => {
  const [email, personId] = [unique('staff'), newId()];
  await inDatabase('insert into person (id, email, name, lang) values ($1, $2, $3, $4)', [
    personId,
    email,
    'Bo',
    'en',
  ]);
  await inDatabase('insert into person_role (person_id, role) values ($1, $2)', [personId, role]);
  return { email, personId };
};

export const ask = async (page: Page, email: string, next = ''): Promise<string> => {
  await page.goto(`/en/sign-in${next === '' ? '' : `?next=${encodeURIComponent(next)}`}`);
  await page.getByLabel('E-mail address').fill(email);
  const since = new Date(Date.now() - 1_000).toISOString();
  await page.getByRole('button', { name: 'Send the code' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Enter the code');
  return since;
};
export const codeIn = (text: string): string => /\b([2-9A-Z]{4}-[2-9A-Z]{4})\b/.exec(text)?.[1] ?? '';
export const linkIn = (text: string): string => /https?:\/\/\S+\/sign-in\/confirm#\S+/.exec(text)?.[0] ?? '';
