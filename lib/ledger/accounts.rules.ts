/**
 * The chart of accounts of both books (DESIGN section 3). An account's code tells its story; its class decides
 * whether it has a floor. Financial accounts say where money is, purpose accounts what it is for.
 */
export type Book = 'financial' | 'purpose';
export type FinancialClass = 'asset' | 'liability' | 'income' | 'expense';
export type PurposeClass =
  | 'given'
  | 'unallocated'
  | 'allocated'
  | 'committed'
  | 'certified'
  | 'paid'
  | 'fees'
  | 'returned'
  | 'lost'
  | 'shortfall';
export type AccountClass = FinancialClass | PurposeClass;

export type AccountSpec = {
  readonly code: string;
  readonly book: Book;
  readonly class: AccountClass;
  /** What it is an account of: campaign slug, segment code, contract code, or bank account. */
  readonly subject: string;
};

const FLOORED: ReadonlySet<AccountClass> = new Set(['unallocated', 'allocated', 'committed', 'certified']);

/** Accounts that may never go below zero; taking from them locks their guard row. */
export const hasFloor = (accountClass: AccountClass): boolean => FLOORED.has(accountClass);

/** Where lots come from rather than lie: they keep no position. */
export const isSource = (accountClass: AccountClass): boolean =>
  accountClass === 'given' || accountClass === 'shortfall';

const purpose =
  (accountClass: PurposeClass) =>
  (subject: string): AccountSpec => ({
    code: `${accountClass}:${subject}`,
    book: 'purpose',
    class: accountClass,
    subject,
  });

const financial =
  (accountClass: FinancialClass, prefix: string) =>
  (campaign: string, of?: string): AccountSpec => ({
    code: of === undefined ? `${prefix}:${campaign}` : `${prefix}:${of}:${campaign}`,
    book: 'financial',
    class: accountClass,
    subject: of ?? campaign,
  });

/** Purpose book: `given → unallocated → allocated → committed → certified → paid`, and the other ways out. */
export const given = purpose('given');
export const unallocated = purpose('unallocated');
export const allocated = purpose('allocated');
export const committed = purpose('committed');
export const certified = purpose('certified');
export const paid = purpose('paid');
export const fees = purpose('fees');
export const returned = purpose('returned');
export const lost = purpose('lost');
export const shortfall = purpose('shortfall');

/** Financial book, kept per campaign so that the tie-out closes per campaign. */
const bankOf = financial('asset', 'assets:bank');
/** The main account has no name of its own: money goes out of the account it came into. */
export const bank = (campaign: string, account = 'main'): AccountSpec =>
  bankOf(campaign, account === 'main' ? undefined : account);
export const cash = financial('asset', 'assets:cash');
export const stripeBalance = financial('asset', 'assets:stripe');
/** Sent by the payment provider, not yet on the bank statement; empty once every payout is matched. */
export const payoutInTransit = financial('asset', 'assets:payout-in-transit');
/** Kept back by the payment provider. */
export const stripeReserve = financial('asset', 'assets:stripe-reserve');
/** Received, but nobody knows from whom or for what: owed until known. */
/** Between two accounts of ours: what one bank line took and another has yet to bring. */
export const transferInTransit = financial('asset', 'assets:transfer-in-transit');
export const unidentified = financial('liability', 'liabilities:unidentified');
export const refundsPayable = financial('liability', 'liabilities:refunds-payable');
export const contractorPayable = financial('liability', 'liabilities:contractor-payable');
export const retentionPayable = financial('liability', 'liabilities:retention-payable');
export const donationIncome = financial('income', 'income:donations');
export const roadWorks = financial('expense', 'expense:road-works');
export const processingFees = financial('expense', 'expense:processing-fees');
export const disputeLosses = financial('expense', 'expense:dispute-losses');

/**
 * What the organisation itself earns or bears, beside the gifts: no gift is reduced by it, so it has no place in the
 * purpose book (the tie-out counts it apart, see OWN_PREFIXES).
 * @public
 */
export const interestIncome = financial('income', 'income:interest');
export const bankCharges = financial('expense', 'expense:bank-charges');
export const providerFees = financial('expense', 'expense:provider-fees');
export const exchangeDifference = financial('expense', 'expense:exchange-differences');

/** The beginnings of the codes of those accounts. */
export const OWN_PREFIXES = [
  'income:interest:',
  'expense:bank-charges:',
  'expense:provider-fees:',
  'expense:exchange-differences:',
] as const;
