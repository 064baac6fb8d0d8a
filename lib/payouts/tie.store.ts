import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import { isTied, homeOf } from './payout.rules';
import { tieKey, type ListedLine, type Tie } from './assess.rules';

type Trx = Transaction<Database>;

/** What of ours stands behind these lines, looked up by the provider's ids of their sources. */
export const tiesOf = async (trx: Trx, lines: readonly ListedLine[]): Promise<Map<string, Tie>> => {
  const ids = new Map<string, Set<string>>();
  for (const line of lines) {
    const home = homeOf(line.type, line.category);
    if (line.sourceId === null || !isTied(home)) continue;
    const kind = home.replace(/_back$/, '');
    ids.set(kind, (ids.get(kind) ?? new Set()).add(line.sourceId));
  }
  const asked = (kind: string): string[] => [...(ids.get(kind) ?? [])];
  const ties = new Map<string, Tie>();
  for (const gift of await giftTies(trx, asked('gift')))
    ties.set(tieKey('gift', gift.source), {
      subject: gift.code,
      donationId: gift.donationId,
      feeMinor: gift.feeMinor,
      ...whole(gift.campaignId, gift.booked ? [gift.settledMinor - gift.feeMinor] : []),
    });
  for (const refund of await refundTies(trx, asked('refund'))) {
    const tie = { subject: refund.code, donationId: refund.donationId, feeMinor: null };
    ties.set(tieKey('refund', refund.source), {
      ...tie,
      ...whole(refund.campaignId, refund.reserved ? [-refund.amountMinor] : []),
    });
    ties.set(tieKey('refund_back', refund.source), {
      ...tie,
      ...whole(refund.campaignId, refund.failed ? [refund.amountMinor] : []),
    });
  }
  for (const dispute of await disputeTies(trx, asked('dispute'))) {
    const tie = { subject: dispute.code, donationId: dispute.donationId, feeMinor: null };
    const takenMinor = dispute.amountMinor + dispute.feeMinor;
    ties.set(tieKey('dispute', dispute.source), { ...tie, ...whole(dispute.campaignId, [-takenMinor]) });
    ties.set(tieKey('dispute_back', dispute.source), {
      ...tie,
      ...whole(dispute.campaignId, dispute.won ? [dispute.amountMinor, takenMinor] : []),
    });
  }
  for (const line of lines) {
    if (homeOf(line.type, line.category) !== 'payout' || line.sourceId === null) continue;
    const tie = await payoutTie(trx, line.sourceId, line.netMinor < 0n);
    if (tie) ties.set(tieKey('payout', line.sourceId), tie);
  }
  return ties;
};

const whole = (campaignId: string, netsMinor: readonly bigint[]): Pick<Tie, 'shares' | 'netsMinor'> => ({
  netsMinor,
  shares: netsMinor[0] === undefined ? [] : [{ campaignId, netMinor: netsMinor[0] }],
});

type GiftTie = {
  readonly source: string;
  readonly code: string;
  readonly donationId: string;
  readonly campaignId: string;
  readonly booked: boolean;
  readonly settledMinor: bigint;
  readonly feeMinor: bigint;
};

const giftTies = async (trx: Trx, sources: readonly string[]): Promise<GiftTie[]> =>
  (
    await sql<GiftTie>`
      select k.charge_id as source, d.code, d.id as "donationId", d.campaign_id as "campaignId", d.settled_minor is not null as booked,
        coalesce(d.settled_minor, 0)::bigint as "settledMinor", coalesce(d.fee_minor, 0)::bigint as "feeMinor"
      from checkout k join donation d on d.id = k.donation_id
      where k.charge_id = any(${[...sources]}::text[])`.execute(trx)
  ).rows;

type RefundTie = {
  readonly source: string;
  readonly code: string;
  readonly donationId: string;
  readonly campaignId: string;
  readonly reserved: boolean;
  readonly failed: boolean;
  readonly amountMinor: bigint;
};

const refundTies = async (trx: Trx, sources: readonly string[]): Promise<RefundTie[]> =>
  (
    await sql<RefundTie>`
      select r.provider_refund_id as source, r.code, d.id as "donationId", d.campaign_id as "campaignId",
        r.entry_id is not null as reserved, r.status = 'failed' as failed,
        coalesce(r.settled_minor, r.amount_minor)::bigint as "amountMinor"
      from refund r join donation d on d.id = r.donation_id
      where r.provider_refund_id = any(${[...sources]}::text[])`.execute(trx)
  ).rows;

type DisputeTie = {
  readonly source: string;
  readonly code: string;
  readonly donationId: string;
  readonly campaignId: string;
  readonly won: boolean;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
};

const disputeTies = async (trx: Trx, sources: readonly string[]): Promise<DisputeTie[]> =>
  (
    await sql<DisputeTie>`
      select x.provider_dispute_id as source, x.code, d.id as "donationId", d.campaign_id as "campaignId", x.status = 'won' as won,
        x.amount_minor as "amountMinor", x.fee_minor as "feeMinor"
      from dispute x join donation d on d.id = x.donation_id
      where x.provider_dispute_id = any(${[...sources]}::text[])`.execute(trx)
  ).rows;

/** A payout that stands as a line in another one's list: one made by hand, or one that came back. */
export const payoutTie = async (trx: Trx, source: string, outward: boolean): Promise<Tie | null> => {
  const { rows } = await sql<{ code: string; campaignId: string; sentMinor: bigint }>`
    select p.code, e.campaign_id as "campaignId",
      sum(case when d.code like 'assets:payout-in-transit:%' then g.amount_minor else -g.amount_minor end)::bigint as "sentMinor"
    from payout p join payout_entry x on x.payout_id = p.id and x.act = 'sent' join entry e on e.id = x.entry_id
      join posting g on g.entry_id = e.id join account d on d.id = g.debit_account_id join account k on k.id = g.credit_account_id
    where p.provider_payout_id = ${source}
      and (d.code like 'assets:payout-in-transit:%' or k.code like 'assets:payout-in-transit:%')
    group by p.code, e.campaign_id order by e.campaign_id`.execute(trx);
  const first = rows[0];
  if (!first) return null;
  const shares = rows.map((row) => ({
    campaignId: row.campaignId,
    netMinor: outward ? -row.sentMinor : row.sentMinor,
  }));
  return {
    subject: first.code,
    donationId: null,
    feeMinor: null,
    shares,
    netsMinor: [shares.reduce((sum, share) => sum + share.netMinor, 0n)],
  };
};

export type BookableRow = {
  readonly home: string;
  readonly currency: string;
  readonly netMinor: bigint;
  readonly expectedMinor: bigint | null;
  readonly campaignId: string | null;
  readonly stranger: boolean;
  readonly sourceId: string | null;
};

/** The lines of a reading as they are booked, with those that a person had to explain marked as strangers. */
export const bookableRows = async (
  trx: Trx,
  payout: { readonly id: string; readonly reading: number },
): Promise<BookableRow[]> =>
  (
    await sql<BookableRow>`
      select l.home, l.currency, l.net_minor as "netMinor", l.expected_minor as "expectedMinor", l.campaign_id as "campaignId",
        l.source_id as "sourceId",
        exists (select 1 from payout_finding f where f.payout_id = l.payout_id and f.reading = l.reading
          and f.provider_line_id = l.provider_line_id and f.kind in ('twice', 'extra', 'not_booked', 'unexpected_type')) as stranger
      from payout_line l where l.payout_id = ${payout.id}::uuid and l.reading = ${payout.reading} order by l.line_no`.execute(
      trx,
    )
  ).rows;

/** The campaigns that keep their books in this currency, with what each has at the provider; the fullest first. */
export const providerBalances = async (
  trx: Trx,
  currency: string,
): Promise<{ readonly campaignId: string; readonly heldMinor: bigint }[]> =>
  (
    await sql<{ campaignId: string; heldMinor: bigint }>`
      select c.id as "campaignId", coalesce(b.balance_minor, 0)::bigint as "heldMinor"
      from campaign c left join account_balance b on b.code = 'assets:stripe:' || c.slug
      where c.book_currency = ${currency} and c.status <> 'draft' order by 2 desc, c.slug`.execute(trx)
  ).rows;
