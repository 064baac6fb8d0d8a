import { expect, test } from '@playwright/test';
import { LANGUAGES } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import { newStaff, signedInAs } from '../support/signed-in';

// Where a plain form leads back to: what was wrong with the file stands at its field, in the words of the reader. That
// nothing of it was kept: tests/db/uploads-scanned.test.ts.

for (const [role, path, field] of [
  ['clerk', 'finance/statements?', '#file'],
  ['inspector', 'site/ML-17?done=0&', '#photograph'],
] as const)
  test(`a file with a virus in it, or not checked, is spoken of at ${path} ${field}`, async ({ browser }) => {
    const context = await browser.newContext();
    await signedInAs(context, await newStaff([role]));
    const page = await context.newPage();
    for (const lang of LANGUAGES)
      for (const name of ['file_infected', 'file_not_checked'] as const) {
        await page.goto(`/${lang}/${path}refused=${name}`);
        await expect(page.locator(field)).toHaveAttribute('aria-invalid', 'true');
        await expect(page.locator(field)).toHaveAccessibleDescription(
          new RegExp(refusals[lang][name].slice(0, 12)),
        );
      }
    // Nobody's words but ours: what stands in the address is looked up, never shown.
    await page.goto(`/en/${path}refused=file_%3Cb%3Ex`);
    await expect(page.locator(field)).not.toHaveAttribute('aria-invalid', 'true');
    await context.close();
  });
