import { words } from '@/lib/i18n/words';
import type { Lang } from '@/lib/i18n/languages';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { money } from '@/lib/shared/money';
import { Code } from '../../_ui/code/component';
import type { IconName } from '../../_ui/icon/component';
import { Moves } from '../../_ui/moves/component';
import { Empty } from '../../_ui/msg/component';

export type PublicChannel = 'bank' | 'cash' | 'cheque' | 'alipay' | 'wechat_pay' | 'card' | 'other';

/** A movement of money as the public may see it: no names, the day and not the second. */
export type PublicMove = {
  readonly id: string;
  readonly kind: 'gift' | 'payment' | 'refund' | 'fee' | 'other';
  readonly date: string;
  /** Signed minor units: positive came in, negative went out. */
  readonly amountMinor: bigint;
  readonly road: { readonly code: string; readonly name: string } | null;
  readonly contractor?: string | undefined;
  readonly channel?: PublicChannel | undefined;
};

const ICON: Record<PublicMove['kind'], IconName> = {
  gift: 'in',
  payment: 'out',
  refund: 'back',
  fee: 'out',
  other: 'equals',
};

/** The latest movements in words, each leading to its own record. */
export function MoveList({
  lang,
  currency,
  moves,
}: {
  lang: Lang;
  currency: CurrencyCode;
  moves: readonly PublicMove[];
}) {
  const t = words(lang, 'home');
  if (moves.length === 0) return <Empty title={t('moves.empty')}>{t('moves.emptyBody')}</Empty>;
  return (
    <Moves
      lang={lang}
      moves={moves.map((move) => ({
        id: move.id,
        date: move.date,
        icon: ICON[move.kind],
        amount: money(currency, move.amountMinor),
        what: what(lang, move),
        detail: detail(lang, move),
      }))}
    />
  );
}

const what = (lang: Lang, { kind, road, contractor, id }: PublicMove): string => {
  const t = words(lang, 'home');
  switch (kind) {
    case 'gift':
      return road ? t('moves.giftFor', { road: road.name }) : t('moves.gift');
    case 'payment':
      return t('moves.payment', { contractor: contractor ?? '' });
    case 'refund':
      return t('moves.refund');
    case 'fee':
      return t('moves.fee');
    case 'other':
      return t('moves.other', { id });
  }
};

const detail = (lang: Lang, { kind, road, channel, id }: PublicMove) => {
  const t = words(lang, 'home');
  if (kind === 'payment' && road)
    return (
      <>
        <Code code={road.code} href={`/${lang}/roads/${road.code}`} />{' '}
        {t('moves.paymentDetail', { road: road.name, id })}
      </>
    );
  if (kind === 'gift') return t('moves.giftDetail', { id, channel: t(`channel.${channel ?? 'other'}`) });
  if (kind === 'refund') return t('moves.refundDetail', { id });
  return undefined;
};
