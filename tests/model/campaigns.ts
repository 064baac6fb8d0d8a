import type { Actor } from '@/lib/auth/roles.rules';
import { createCampaign, openCampaign } from '@/lib/campaigns/campaign.commands';
import { openBankAccount } from '@/lib/reconciliation/account.commands';
import { done } from '../support/act';
import type { World } from '../support/people';
import { words } from './kind';
import type { State } from './state';

/** Two campaigns side by side, so that money that strays from one into the other is seen. */
export const openCampaigns = async (world: World, state: State): Promise<void> => {
  const setup: Actor = { kind: 'system', name: 'setup' };
  for (const [slug, quotesRequired] of [
    ['gen-hun-meng', 2],
    ['nanqu-roads', 1],
  ] as const) {
    const about = {
      slug,
      name: words('根魂梦·家国情'),
      organiser: words('中山市侨联'),
      place: words('马岭社区'),
      story: null,
      bookCurrency: 'CNY',
      timeZone: 'Asia/Shanghai',
      opensOn: '2023-09-01',
      endsOn: '2024-08-31',
      eventOn: null,
      legalHost: null,
      licenceNo: null,
      filingNo: null,
      payElsewhereUrl: null,
      quotesRequired,
      illustrative: true,
    };
    await done(world.db, createCampaign, about, setup);
    await done(world.db, openCampaign, { slug, on: about.opensOn }, setup);
    await done(
      world.db,
      openBankAccount,
      { code: slug, campaign: slug, name: words(slug), number: '0300', main: true },
      setup,
    );
    const { opensOn, endsOn } = about;
    const months = new Map<string, 'soft_closed' | 'closed'>();
    state.campaigns.push({
      slug,
      currency: 'CNY',
      opensOn,
      endsOn,
      quotesRequired,
      months,
      lastEntryOn: null,
    });
  }
};
