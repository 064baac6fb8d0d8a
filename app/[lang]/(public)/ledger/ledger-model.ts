import { accountingToday } from '@/lib/clock';
import { campaignNumbers, homeCampaign, roadsOf } from '@/lib/disclosure/campaign.queries';
import {
  bookPage,
  bookSides,
  COUNTED_ENTRIES,
  giftsNamed,
  kindSums,
  NAMES_LOOKED_THROUGH,
  type BookRow,
  type KindSum,
} from '@/lib/disclosure/ledger-book.queries';
import { monthText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { footSignature } from '@/lib/proof/foot.queries';
import { groupBy } from '@/lib/shared/group-by';
import { isCurrency, sumMinor } from '@/lib/shared/money';
import { publicChannel } from '../home-model';
import {
  amountOf,
  apiHrefOf,
  cursorOf,
  filterOf,
  queryOf,
  wholeMonth,
  type AddressParams,
} from './ledger-address.rules';
import {
  ENTRY_KINDS,
  type EntryKind,
  type LedgerEntry,
  type LedgerFilter,
  type LedgerModel,
} from './ledger-view';

/** How the books name what the page calls by one word. */
const BOOK_KINDS: Readonly<Record<EntryKind, readonly string[]>> = {
  gift: ['gift_received'],
  allocation: ['allocation_approved', 'allocation_released'],
  contract: ['contract_signed', 'contract_varied'],
  certificate: ['work_certified'],
  payment: ['contractor_paid'],
  refund: ['refund_reserved', 'refund_sent', 'refund_failed'],
  dispute: ['dispute_opened', 'dispute_won', 'dispute_lost'],
  retention: ['retention_recognised'],
  shortfall: ['shortfall_opened', 'shortfall_resolved'],
  correction: ['reversal'],
  other: [],
};

export const kindOf = (name: string): EntryKind =>
  ENTRY_KINDS.find((kind) => BOOK_KINDS[kind].includes(name)) ?? 'other';

/** Money that left is negative; everything else came in or changed its place. */
export const leaves = (kind: EntryKind): boolean => kind === 'payment' || kind === 'refund';

/** The public ledger as the address asks for it, or null while no campaign is public. */
export const ledgerModel = async (lang: Lang, params: AddressParams): Promise<LedgerModel | null> => {
  const campaign = await homeCampaign();
  if (campaign === null) return null;
  const filter = filterOf(params);
  const before = cursorOf(params);
  const named = filter.text === null ? [] : await giftsNamed(filter.text, campaign);
  const asked = {
    campaign,
    kinds: filter.kinds.flatMap((kind) => BOOK_KINDS[kind]),
    segment: filter.road,
    contractor: filter.contractor,
    subject: filter.subject,
    from: filter.from,
    to: filter.to,
    leastMinor: amountOf(filter.least),
    mostMinor: amountOf(filter.most),
    text: filter.text,
    named: named ?? [],
  };
  const [numbers, roads, sides, sums, page, signed] = await Promise.all([
    campaignNumbers(campaign),
    roadsOf(campaign),
    bookSides(campaign),
    kindSums(asked),
    bookPage(asked, before),
    footSignature(),
  ]);
  if (!numbers || !isCurrency(numbers.currency)) return null;
  const kinds = byKind(sums);
  const many = sums.reduce((total, sum) => total + sum.count, 0) >= COUNTED_ENTRIES;
  const chosen = filter.kinds.length === 0 ? ENTRY_KINDS : filter.kinds;
  return {
    currency: numbers.currency,
    asOf: accountingToday(),
    signed: signed?.treeSize ?? null,
    flow: {
      channels: sides.channels.map(({ channel, minor }) => ({ channel: publicChannel(channel), minor })),
      receivedMinor: numbers.received_minor,
      feesMinor: numbers.fees_minor,
      unallocatedMinor: numbers.unallocated_minor,
      allocatedMinor: numbers.allocated_minor,
      committedMinor: numbers.committed_minor,
      certifiedMinor: numbers.certified_minor,
      paidMinor: numbers.paid_minor,
      contractors: sides.contractors.map(({ name, paidMinor }) => ({ name: name[lang], minor: paidMinor })),
    },
    period: periodOf(lang, filter),
    count: many ? null : chosen.reduce((sum, kind) => sum + (kinds.get(kind)?.count ?? 0), 0),
    countedMost: COUNTED_ENTRIES,
    filter,
    namesLeftOut: named === null ? NAMES_LOOKED_THROUGH : null,
    active: activeFilters(lang, filter),
    kinds: ENTRY_KINDS.filter((kind) => kind !== 'other' || kinds.has(kind)).map((kind) => ({
      kind,
      count: many ? null : (kinds.get(kind)?.count ?? 0),
    })),
    roads: roads.map(({ code, name }) => ({ code, name: name[lang] })),
    contractors: sides.contractors.map(({ code, name }) => ({ code, name: name[lang] })),
    sums: (['gift', 'allocation', 'contract', 'payment'] as const)
      .filter((kind) => !many && chosen.includes(kind))
      .map((kind) => ({ kind, minor: signedMinor(kind, kinds.get(kind)?.minor ?? 0n) })),
    entries: page.rows.map((row) => entryOf(lang, row)),
    newerHref: before === null ? null : `/${lang}/ledger${queryOf(filter)}`,
    olderHref: page.next === null ? null : `/${lang}/ledger${queryOf(filter, page.next)}`,
    href: `/${lang}/ledger${queryOf(filter, before)}`,
    apiHref: apiHrefOf(filter),
  };
};

const byKind = (sums: readonly KindSum[]): ReadonlyMap<EntryKind, { count: number; minor: bigint }> => {
  const grouped = groupBy(sums, (sum) => kindOf(sum.kind));
  return new Map(
    [...grouped].map(([kind, parts]) => [
      kind,
      {
        count: parts.reduce((total, part) => total + part.count, 0),
        minor: sumMinor(parts.map((part) => part.minor)),
      },
    ]),
  );
};

const signedMinor = (kind: EntryKind, minor: bigint): bigint => (leaves(kind) ? -minor : minor);

const entryOf = (lang: Lang, row: BookRow): LedgerEntry => {
  const kind = kindOf(row.kind);
  return {
    id: row.number,
    kind,
    subject: row.subject,
    date: row.date,
    road: row.segment === null ? null : { code: row.segment, name: row.segmentName?.[lang] ?? row.segment },
    amountMinor: signedMinor(kind, row.amountMinor),
    leaf: row.leaf === null ? null : Number(row.leaf) + 1,
    ...(row.channel !== null && { channel: publicChannel(row.channel) }),
    ...(row.contractor !== null && { contractor: row.contractor[lang] }),
    ...(row.reverses !== null && { reverses: row.reverses }),
    ...(row.reversedBy !== null && { reversedBy: row.reversedBy }),
  };
};

const periodOf = (lang: Lang, { from, to }: LedgerFilter): string | null => {
  const month = wholeMonth(from, to);
  if (month !== null) return monthText(month, lang);
  return from === null && to === null ? null : `${from ?? '…'} – ${to ?? '…'}`;
};

/** Each part of the filter with the address that leaves it out. */
const activeFilters = (lang: Lang, filter: LedgerFilter): LedgerModel['active'] => {
  const t = words(lang, 'ledger');
  const without = (change: Partial<LedgerFilter>): string =>
    `/${lang}/ledger${queryOf({ ...filter, ...change })}`;
  const parts: { name: string; withoutHref: string }[] = filter.kinds.map((kind) => ({
    name: t(`kind.${kind}`),
    withoutHref: without({ kinds: filter.kinds.filter((other) => other !== kind) }),
  }));
  const period = periodOf(lang, filter);
  if (period !== null) parts.push({ name: period, withoutHref: without({ from: null, to: null }) });
  for (const name of ['road', 'contractor', 'subject', 'text'] as const) {
    const value = filter[name];
    if (value !== null) parts.push({ name: value, withoutHref: without({ [name]: null }) });
  }
  if (filter.least !== null) parts.push({ name: `≥ ${filter.least}`, withoutHref: without({ least: null }) });
  if (filter.most !== null) parts.push({ name: `≤ ${filter.most}`, withoutHref: without({ most: null }) });
  return parts;
};
