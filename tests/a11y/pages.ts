import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type Visitor = 'anyone' | 'clerk' | 'approver' | 'inspector' | 'auditor' | 'admin' | 'donor';

/**
 * Every page of the product with addresses (below the language) under which it shows something, and who opens it.
 * A page that is not named here fails tests/architecture/pages.test.ts, so that none is left unlooked at.
 */
export const PAGES: Readonly<Record<string, { readonly as?: Visitor; readonly at: readonly string[] }>> = {
  '/': { at: [''] },
  '/roads': { at: ['/roads'] },
  '/roads/[code]': { at: ['/roads/ML-07', '/roads/ML-22'] },
  '/ledger': { at: ['/ledger'] },
  '/ledger/[number]': { at: ['/ledger/E-000001', '/ledger/E-000300'] },
  '/reports': { at: ['/reports'] },
  '/reports/[number]': { at: ['/reports/R-0002'] },
  '/about': { at: ['/about'] },
  '/merit': { at: ['/merit'] },
  '/roads/[code]/poster': { at: ['/roads/ML-07/poster'] },
  '/report': { at: ['/report?road=ML-07'] },
  '/corrections': { at: ['/corrections'] },
  '/verify': { at: ['/verify'] },
  '/data': { at: ['/data'] },
  '/gifts/[code]': { at: ['/gifts/G-0095'] },
  '/words': { at: ['/words'] },
  '/hall/[event]': { at: ['/hall/concert-2023'] },
  '/give': { at: ['/give'] },
  '/give/pay': { at: ['/give/pay'] },
  '/letters/stop': { at: ['/letters/stop'] },
  '/me': { as: 'donor', at: ['/me'] },
  '/me/forget': { as: 'donor', at: ['/me/forget'] },
  '/me/gifts/[code]': { as: 'donor', at: ['/me/gifts/G-0095'] },
  '/me/pledges/[code]': { as: 'donor', at: ['/me/pledges/P-0055'] },
  '/sign-in': { at: ['/sign-in'] },
  '/account': { as: 'clerk', at: ['/account'] },
  '/finance': { as: 'clerk', at: ['/finance'] },
  // What waits for them, and what they proposed themselves and may take back.
  '/finance/approvals': {
    as: 'approver',
    at: ['/finance/approvals', '/finance/approvals?item=allocation:A-ML-22-2'],
  },
  '/finance/audit': { as: 'auditor', at: ['/finance/audit'] },
  '/finance/log': { as: 'auditor', at: ['/finance/log'] },
  '/finance/gifts': { as: 'clerk', at: ['/finance/gifts'] },
  '/finance/matching/[account]': { as: 'clerk', at: ['/finance/matching/boc-0300'] },
  '/finance/statements/[code]': { as: 'clerk', at: ['/finance/statements/I-0001'] },
  '/finance/payments': { as: 'clerk', at: ['/finance/payments'] },
  '/finance/disputes': { as: 'clerk', at: ['/finance/disputes'] },
  '/finance/donors': { as: 'clerk', at: ['/finance/donors'] },
  '/finance/contractors': { as: 'clerk', at: ['/finance/contractors'] },
  '/finance/concerns': { as: 'approver', at: ['/finance/concerns'] },
  '/finance/exceptions': { as: 'approver', at: ['/finance/exceptions'] },
  '/finance/payouts': { as: 'clerk', at: ['/finance/payouts'] },
  '/finance/hall': { as: 'clerk', at: ['/finance/hall'] },
  '/finance/hall/[event]': { as: 'clerk', at: ['/finance/hall/concert-2023'] },
  '/finance/pledges': { as: 'clerk', at: ['/finance/pledges'] },
  '/finance/receipts': { as: 'clerk', at: ['/finance/receipts', '/finance/receipts?q=G-0095'] },
  '/finance/periods': { as: 'clerk', at: ['/finance/periods'] },
  '/finance/refunds': { as: 'clerk', at: ['/finance/refunds?gift=G-0095&amount=100.00'] },
  '/finance/accounts': {
    as: 'auditor',
    at: ['/finance/accounts', '/finance/accounts?kind=activities', '/finance/accounts?kind=position'],
  },
  '/finance/roads/import': { as: 'clerk', at: ['/finance/roads/import'] },
  '/finance/roads/plan': { as: 'clerk', at: ['/finance/roads/plan'] },
  '/finance/roads/[code]/pictures': { as: 'clerk', at: ['/finance/roads/ML-17/pictures'] },
  '/finance/roads/[code]/change': { as: 'clerk', at: ['/finance/roads/ML-22/change'] },
  '/finance/roads/[code]/line': {
    as: 'clerk',
    at: ['/finance/roads/ML-22/line', '/finance/roads/ML-07/line'],
  },
  '/finance/roads/[code]/succession': {
    as: 'clerk',
    at: ['/finance/roads/ML-22/succession?at=20', '/finance/roads/ML-22/succession?with=ML-23'],
  },
  '/finance/matching': { as: 'clerk', at: ['/finance/matching'] },
  '/finance/statements': { as: 'clerk', at: ['/finance/statements'] },
  '/finance/campaigns': { as: 'clerk', at: ['/finance/campaigns'] },
  '/finance/transfer-accounts': { as: 'clerk', at: ['/finance/transfer-accounts'] },
  '/site/[code]': { as: 'inspector', at: ['/site/ML-17'] },
  '/finance/people': { as: 'admin', at: ['/finance/people'] },
  '/finance/proofs': { as: 'auditor', at: ['/finance/proofs'] },
  '/finance/reports': { as: 'clerk', at: ['/finance/reports'] },
  '/finance/roads': { as: 'clerk', at: ['/finance/roads'] },
  '/finance/roads/[code]': { as: 'clerk', at: ['/finance/roads/ML-07', '/finance/roads/ML-22'] },
};

/** Pages that are one step of a way and are looked at by the test that walks it, with the reason. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  '/finance/payouts/[code]': 'tests/db/payouts.test.ts: a payout exists only once the provider has sent one',
  '/consent': 'tests/after/plans.spec.ts: the link of a letter, open until its deadline',
  '/consent/[token]': 'tests/after/plans.spec.ts: leads links of an earlier form on to /consent',
  '/finance/roads/[code]/change/letters':
    'tests/stories/cancelled-road.test.ts: letters of a plan that changes',
  '/finance/pledges/[code]': 'tests/e2e/my-giving.spec.ts: the plan of a promise',
  '/give/road': 'tests/e2e: a giver comes here with an amount',
  '/give/timing': 'tests/e2e: a giver comes here with a road',
  '/give/name': 'tests/e2e: a giver comes here with a day to pay',
  '/give/method': 'tests/e2e: a giver comes here with a name',
  '/give/review': 'tests/e2e: a giver comes here with everything said',
  '/give/card': 'tests/e2e: the transfer card of one promise',
  '/give/return': 'tests/e2e: back from the payment page',
  '/sign-in/code': 'tests/e2e/sign-in-pages.spec.ts',
  '/sign-in/confirm': 'tests/e2e/sign-in-pages.spec.ts',
  '/sign-in/recovery-codes': 'tests/e2e/sign-in-pages.spec.ts',
  '/sign-in/second-factor': 'tests/e2e/sign-in-pages.spec.ts',
  '/sign-in/set-up': 'tests/e2e/sign-in-pages.spec.ts',
  '/[...missing]': 'tests/a11y/parts.spec.ts: an address that nothing answers',
  '/examples': 'tests/a11y/parts.spec.ts',
  '/examples/[view]': 'tests/a11y/parts.spec.ts',
};

/** Where pages and handlers below a language lie. */
export const ROUTE_FOLDER = fileURLToPath(new URL('../../app/[lang]', import.meta.url));

/** The addresses the folder `app/[lang]` gives rise to (`/roads/[code]`, without groups and the language), each with its file. */
export const routeFiles = (name: 'page.tsx' | 'route.ts'): Map<string, string> =>
  new Map(
    readdirSync(ROUTE_FOLDER, { recursive: true, encoding: 'utf8' })
      .filter((file) => file === name || file.endsWith(`/${name}`))
      .map((file) => {
        const parts = file.split('/').filter((part) => !part.startsWith('(') && part !== name);
        return [`/${parts.join('/')}`, file];
      }),
  );

/** The addresses of all pages. */
export const routes = (): string[] => [...routeFiles('page.tsx').keys()].sort();
