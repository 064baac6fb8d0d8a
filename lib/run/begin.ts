import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { connect } from '@/db/connect';
import { enrolPerson } from '@/lib/auth/person.commands';
import { countAdministrators } from '@/lib/auth/person.store';
import { createCampaign, openCampaign } from '@/lib/campaigns/campaign.commands';
import { runCommand } from '@/lib/command';
import { env } from '@/lib/env';
import { nameTransferAccount } from '@/lib/payments/transfer-account.commands';
import type { Result } from '@/lib/shared/result';

/**
 * `npm run begin -- --email NAME@EXAMPLE.ORG --name NAME` enters the first administrator of a new installation, who then
 * signs in, sets up the second factor and enters everybody else. `npm run begin -- --campaign FILE.json` enters and opens
 * a fundraising activity as it was filed, with the account that transfers go to (docs/running/campaign.json shows the
 * form). Both may be run again.
 */
const { values } = parseArgs({
  options: { email: { type: 'string' }, name: { type: 'string' }, campaign: { type: 'string' } },
});
const setup = { kind: 'system', name: 'setup' } as const;

const done = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  const { name, field, details } = result.refusal;
  throw new Error(`Refused: ${name}${field ? ` (${field})` : ''} ${JSON.stringify(details ?? {})}`);
};

const db = connect(env.appDatabaseUrl, { max: 2 });
try {
  if (values.email !== undefined) {
    if ((await db.transaction().execute(countAdministrators)) > 0)
      throw new Error('There is an administrator; people are entered by them, under People.');
    const person = {
      email: values.email,
      name: values.name ?? '',
      lang: 'zh-Hans',
      roles: ['administrator'],
      totpSecret: null,
    };
    done(await runCommand(enrolPerson, person, setup, { key: `begin:${values.email}`, db }));
    console.log(`${values.email} may sign in at ${env.PUBLIC_URL}/en/sign-in as administrator.`);
  }
  if (values.campaign !== undefined) {
    const { transferAccount, ...campaign } = JSON.parse(readFileSync(values.campaign, 'utf8')) as {
      slug: string;
      opensOn: string;
      transferAccount?: object | null;
    };
    done(await runCommand(createCampaign, campaign, setup, { key: `begin:campaign:${campaign.slug}`, db }));
    const opening = { slug: campaign.slug, on: campaign.opensOn };
    done(await runCommand(openCampaign, opening, setup, { key: `begin:open:${campaign.slug}`, db }));
    if (transferAccount) {
      const account = { ...transferAccount, campaign: campaign.slug, on: campaign.opensOn };
      done(
        await runCommand(nameTransferAccount, account, setup, { key: `begin:account:${campaign.slug}`, db }),
      );
    } else
      console.log(
        'No account for transfers yet: two people name it under “Account for transfers” at the desk.',
      );
    console.log(`${campaign.slug} is open: ${env.PUBLIC_URL}/`);
  }
  if (values.email === undefined && values.campaign === undefined)
    throw new Error('Say who (--email and --name) or what (--campaign FILE.json) to begin with.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await db.destroy();
}
