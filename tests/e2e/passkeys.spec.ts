import { randomBytes } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { axeFinds } from '../support/axe';
import { inDatabase, signedInAs } from '../support/signed-in';

const WHO = 'inspector@demo.invalid';
const NAME = `Laptop ${randomBytes(4).toString('hex')}`;

// A passkey in a real browser, with the authenticator Chromium brings for tests. What makes an answer none is tried in
// tests/db/passkeys.test.ts.

test('staff add a passkey, give the second step with it, also before weighty acts, and remove it with a reason', async ({
  page,
  context,
  browser,
}) => {
  const row = page.getByRole('row').filter({ hasText: NAME });
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await signedInAs(context, WHO);
  await page.goto('/en/account');
  await page.getByLabel('Name', { exact: true }).fill(NAME);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByText('The passkey is added.')).toBeVisible();
  await expect(row).toContainText('Not yet');
  expect(await axeFinds(page)).toEqual([]);

  await signedInAs(context, WHO, { secondFactor: false });
  await page.goto('/en/finance');
  await expect(page).toHaveURL(/\/sign-in\/second-factor/);
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByText('That did not work.')).toBeVisible();
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page).toHaveURL(/\/en\/finance$/);

  await inDatabase(
    `update sign_in_session set second_factor_at = now() - interval '1 hour' where second_factor_at is not null
     and person_id = (select id from person where email = $1)`,
    [WHO],
  );
  await page.goto('/en/account');
  await row.getByLabel('Why it is removed').fill('Lent to a colleague');
  await page.getByRole('button', { name: `Remove “${NAME}”` }).click();
  await expect(page.getByText('This is a weighty step')).toBeVisible();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page).not.toHaveURL(/second-factor/);
  await page.goto('/en/account');
  await row.getByLabel('Why it is removed').fill('Lent to a colleague');
  await page.getByRole('button', { name: `Remove “${NAME}”` }).click();
  await expect(page.getByText('The passkey is removed.')).toBeVisible();
  await expect(row).toHaveCount(0);

  const plain = await browser.newContext({ javaScriptEnabled: false });
  await signedInAs(plain, WHO, { secondFactor: false });
  const without = await plain.newPage();
  await without.goto('/en/finance');
  await expect(without.getByLabel('Six digits')).toBeVisible();
  await expect(without.getByRole('button', { name: 'Use a passkey' })).toHaveCount(0);
  await plain.close();
});
