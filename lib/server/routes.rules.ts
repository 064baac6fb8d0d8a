/** The addresses this server has, as the folders of `app/` say them; a test holds the list to the folders. */
export const ROUTES = [
  '/[lang]',
  '/[lang]/[...missing]',
  '/[lang]/about',
  '/[lang]/account',
  '/[lang]/consent',
  '/[lang]/consent/[token]',
  '/[lang]/corrections',
  '/[lang]/data',
  '/[lang]/examples',
  '/[lang]/examples/[view]',
  '/[lang]/finance',
  '/[lang]/finance/accounts',
  '/[lang]/finance/accounts/file',
  '/[lang]/finance/approvals',
  '/[lang]/finance/audit',
  '/[lang]/finance/audit/export',
  '/[lang]/finance/campaigns',
  '/[lang]/finance/concerns',
  '/[lang]/finance/concerns/[code]/picture',
  '/[lang]/finance/contractors',
  '/[lang]/finance/disputes',
  '/[lang]/finance/documents/[code]',
  '/[lang]/finance/donors',
  '/[lang]/finance/exceptions',
  '/[lang]/finance/gifts',
  '/[lang]/finance/hall',
  '/[lang]/finance/hall/[event]',
  '/[lang]/finance/log',
  '/[lang]/finance/matching',
  '/[lang]/finance/matching/[account]',
  '/[lang]/finance/payments',
  '/[lang]/finance/payments/file',
  '/[lang]/finance/payouts',
  '/[lang]/finance/payouts/[code]',
  '/[lang]/finance/people',
  '/[lang]/finance/periods',
  '/[lang]/finance/pledges',
  '/[lang]/finance/pledges/[code]',
  '/[lang]/finance/proofs',
  '/[lang]/finance/receipts',
  '/[lang]/finance/refunds',
  '/[lang]/finance/reports',
  '/[lang]/finance/roads',
  '/[lang]/finance/roads/[code]',
  '/[lang]/finance/roads/[code]/change',
  '/[lang]/finance/roads/[code]/change/letters',
  '/[lang]/finance/roads/[code]/line',
  '/[lang]/finance/roads/[code]/pictures',
  '/[lang]/finance/roads/[code]/succession',
  '/[lang]/finance/roads/import',
  '/[lang]/finance/roads/plan',
  '/[lang]/finance/statements',
  '/[lang]/finance/statements/[code]',
  '/[lang]/finance/statements/upload',
  '/[lang]/finance/transfer-accounts',
  '/[lang]/gifts/[code]',
  '/[lang]/give',
  '/[lang]/give/card',
  '/[lang]/give/method',
  '/[lang]/give/name',
  '/[lang]/give/pay',
  '/[lang]/give/return',
  '/[lang]/give/review',
  '/[lang]/give/road',
  '/[lang]/give/timing',
  '/[lang]/hall/[event]',
  '/[lang]/ledger',
  '/[lang]/ledger/[number]',
  '/[lang]/letters/stop',
  '/[lang]/me',
  '/[lang]/me/data',
  '/[lang]/me/forget',
  '/[lang]/me/gifts/[code]',
  '/[lang]/me/pledges/[code]',
  '/[lang]/me/receipts/[id]',
  '/[lang]/me/statements/[year]',
  '/[lang]/merit',
  '/[lang]/report',
  '/[lang]/reports',
  '/[lang]/reports/[number]',
  '/[lang]/reports/[number]/pdf',
  '/[lang]/roads',
  '/[lang]/roads/[code]',
  '/[lang]/roads/[code]/poster',
  '/[lang]/roads/[code]/share.png',
  '/[lang]/share.png',
  '/[lang]/sign-in',
  '/[lang]/sign-in/code',
  '/[lang]/sign-in/confirm',
  '/[lang]/sign-in/recovery-codes',
  '/[lang]/sign-in/second-factor',
  '/[lang]/sign-in/set-up',
  '/[lang]/site/[code]',
  '/[lang]/verify',
  '/[lang]/words',
  '/api/auth/[...nextauth]',
  '/api/hall/[event]/live',
  '/api/health',
  '/api/letters/stop',
  '/api/metrics',
  '/api/oembed',
  '/api/ready',
  '/api/session',
  '/api/sign-out',
  '/api/site/photographs/[id]',
  '/api/site/uploads/[id]',
  '/api/stripe/webhook',
  '/api/v1/[[...path]]',
  '/display',
  '/embed/[lang]/[kind]/[code]',
  '/files/[sha256]',
  '/language',
  '/log/[...path]',
  '/open-data/[...name]',
  '/r/[code]',
  '/robots.txt',
  '/sitemap.xml',
] as const;

/** The addresses that begin with a name of their own come before those with a place for any. */
const isName = (part: string | undefined): boolean => part !== undefined && !part.startsWith('[');

const fits = (route: readonly string[], address: readonly string[]): boolean => {
  for (const [n, part] of route.entries()) {
    if (part.startsWith('[[...')) return true;
    if (part.startsWith('[...')) return address.length > n;
    if (address[n] === undefined || (isName(part) && part !== address[n])) return false;
  }
  return route.length === address.length;
};

/** Names before places, the first difference from the left deciding: as the server itself chooses. */
const byNames = (one: readonly string[], other: readonly string[]): number => {
  const n = one.findIndex((part, at) => isName(part) !== isName(other[at]));
  return n < 0 ? other.length - one.length : isName(one[n]) ? -1 : 1;
};

const SPLIT = ROUTES.map((route) => route.split('/').slice(1)).toSorted(byNames);

/**
 * The route an address belongs to, such as `/[lang]/me/gifts/[code]`; `nowhere` when there is none. What somebody put
 * into the address is never in it, so it may be written down, and there are not more of them than routes.
 */
export const routeOf = (url: string): string => {
  const address = (url.split('?')[0] ?? '').split('/').slice(1);
  const route = SPLIT.find((one) => fits(one, address));
  return route ? `/${route.join('/')}` : 'nowhere';
};
