import type { Waiting } from '@/lib/approvals/approvals.queries';
import { isCurrency, money, type Money } from '@/lib/shared/money';
import type { IconName } from '../../../_ui/icon/component';

/** How the inbox addresses an item in its own address: `?item=variation:C-ML-17-1/V1`. */
export const itemKey = (item: Pick<Waiting, 'kind' | 'code'>): string => `${item.kind}:${item.code}`;

export const ITEM_ICON: Readonly<Record<string, IconName>> = {
  budget: 'equals',
  allocation: 'split',
  contract: 'pen',
  variation: 'pen',
  disbursement: 'out',
  donation: 'in',
  refund: 'back',
};

/** An amount of the item in its own currency; null when the currency is none we know. */
export const amountOf = (item: Pick<Waiting, 'currency'>, minor: bigint): Money | null =>
  isCurrency(item.currency) ? money(item.currency, minor) : null;
