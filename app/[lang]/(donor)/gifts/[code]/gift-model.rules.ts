import type { GiftEvidence } from '@/lib/disclosure/gift-evidence.queries';
import type { GiftPage } from '@/lib/disclosure/gift.queries';
import type { Lang } from '@/lib/i18n/languages';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { isCurrency, sumMinor } from '@/lib/shared/money';

export type GiftProps = { readonly lang: Lang; readonly page: GiftPage; readonly evidence: GiftEvidence };

/** The currency the gift's campaign keeps its books in. */
export const bookCurrency = (page: GiftPage): CurrencyCode =>
  isCurrency(page.gift.currency) ? page.gift.currency : 'CNY';

/** The states a fen of a gift can be in, in the order of its way. */
export const PLACES = [
  'unallocated',
  'allocated',
  'committed',
  'certified',
  'paid',
  'fees',
  'returned',
  'lost',
] as const;
export type PlaceName = (typeof PLACES)[number];

/** How much of a gift lies in each state; sums to the gift. */
export const amountsByPlace = (places: GiftPage['places']): Readonly<Record<PlaceName, bigint>> =>
  Object.fromEntries(
    PLACES.map((name) => [
      name,
      sumMinor(places.filter((place) => place.state === name).map((place) => place.amount_minor)),
    ]),
  ) as Record<PlaceName, bigint>;

export type Headline = 'paved' | 'building' | 'allocated' | 'waiting' | 'returned' | 'lost';

/** What is the most that can truly be said of this gift: the furthest step that all of its usable money has made. */
export const headlineOf = (at: Readonly<Record<PlaceName, bigint>>): Headline => {
  const onRoads = at.allocated + at.committed + at.certified + at.paid;
  if (onRoads === 0n) {
    if (at.unallocated > 0n) return 'waiting';
    return at.lost > at.returned ? 'lost' : 'returned';
  }
  if (at.committed + at.certified + at.paid === 0n) return 'allocated';
  return at.unallocated + at.allocated + at.committed + at.certified === 0n ? 'paved' : 'building';
};

/** Millimetres of chainage as written on plans: 32576 → "032.576". */
export const chainage = (millimetres: bigint): string => {
  const text = millimetres.toString().padStart(6, '0');
  return `${text.slice(0, -3)}.${text.slice(-3)}`;
};
