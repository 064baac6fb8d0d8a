import type { Reader } from '@/db/connect';
import type { CurrencyCode } from '../../shared/currencies';
import { toDecimal } from '../../shared/money';
import type { Fields } from './fields.rules';
import type { PublicRecord } from './records.queries';
import { groupSmallCells } from './small-cells.rules';

export const GIFT_TOTAL_FIELDS: Fields = {
  campaign: { kind: 'code', about: 'Campaign, by the name in its address.' },
  month: {
    kind: 'code',
    optional: true,
    about: 'Month of receipt (YYYY-MM); null where several are put together.',
  },
  channel: {
    kind: 'code',
    optional: true,
    about: 'How the gifts came; null where several ways are put together.',
  },
  currency: { kind: 'code', about: 'Currency of the amount (ISO 4217).' },
  count: {
    kind: 'integer',
    optional: true,
    about: 'Number of gifts, at least five; null when all together are fewer.',
  },
  amount: { kind: 'amount', about: 'Their sum.' },
};

/** Gifts of donors who did not ask to be named: sums by month and way, never of fewer than five gifts. */
export const giftTotals = async (db: Reader): Promise<PublicRecord[]> => {
  const rows = await db
    .selectFrom('disclosure.unnamed_gift_sum')
    .select(['campaign', 'month', 'channel', 'currency', 'gifts as count', 'amount_minor as minor'])
    .orderBy('campaign')
    .orderBy('month')
    .orderBy('channel')
    .execute();
  return groupSmallCells(rows).map(({ campaign, month, channel, currency, count, minor }) => ({
    campaign,
    month,
    channel,
    currency,
    count: count === 0 ? null : count,
    amount: toDecimal(minor, currency as CurrencyCode),
  }));
};
