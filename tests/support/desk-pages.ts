import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { inDatabase, newStaff, signedInAs } from './signed-in';

/** A code of a road or contractor that no other worker uses. */
export const own = (letters: string): string => `${letters}-${String(process.pid % 10_000).padStart(4, '0')}`;

type Upload = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

let papers = 0;
/** A small PDF unlike every other. */
const paper = (): Upload => ({
  name: 'paper.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from(
    `%PDF-1.4\n%${process.pid}-${(papers += 1)}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  ),
});

/** A page for somebody new with these roles. */
export const deskOf = async (
  browser: Browser,
  roles: readonly string[],
  options: BrowserContextOptions = { javaScriptEnabled: false },
): Promise<Page> => {
  const context = await browser.newContext(options);
  await signedInAs(context, await newStaff(roles));
  return context.newPage();
};

export type Typed = string | { readonly choose: string } | { readonly file: Upload } | 'paper';

/** Fills a form of the desk and sends it. */
export const send = async (
  page: Page,
  form: string,
  fields: Readonly<Record<string, Typed>>,
): Promise<void> => {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`#${form}-${name}`);
    if (value === 'paper') await field.setInputFiles(paper());
    else if (typeof value === 'string') await field.fill(value);
    else if ('file' in value) await field.setInputFiles(value.file);
    else await field.selectOption(value.choose);
  }
  await page.locator(`#${form} button[type=submit]`).click();
};
export const isDone = (page: Page, act: string): Promise<void> =>
  expect(page).toHaveURL(new RegExp(`done=${act}`, 'u'));

/** The first row of a query on the database of the product. */
export const one = async <Row extends Record<string, unknown>>(
  query: string,
  ...values: unknown[]
): Promise<Row | undefined> => (await inDatabase<Row>(query, values))[0];

/** The audit events of a thing, in their order. */
export const events = async (subject: string): Promise<string[]> =>
  (
    await inDatabase<{ event: string }>('select event from audit_event where subject_id = $1 order by id', [
      subject,
    ])
  ).map(({ event }) => event);

/** A public page says all of this before long: kept pages follow what is written within seconds. */
export const told = async (page: Page, address: string, ...said: string[]): Promise<void> =>
  expect(async () => {
    await page.goto(address);
    for (const text of said) await expect(page.locator('main')).toContainText(text, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
