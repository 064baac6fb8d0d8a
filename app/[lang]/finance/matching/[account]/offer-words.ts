import type { Lang } from '@/lib/i18n/languages';
import { amountText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import type { MatchReason } from '@/lib/reconciliation/match.rules';
import type { Offer } from '@/lib/reconciliation/workspace.queries';
import { isCurrency, money } from '@/lib/shared/money';

export const minorText = (minor: bigint, currency: string): string =>
  isCurrency(currency) ? amountText(money(currency, minor)) : String(minor);

/** Why an offer is made, one short phrase per reason. */
export const reasonWords = (reason: MatchReason, currency: string, lang: Lang): string =>
  words(lang, 'bank')(`reason.${reason.name}`, {
    text: 'text' in reason ? reason.text : '',
    by: 'byMinor' in reason ? minorText(reason.byMinor, currency) : '',
    as: 'as' in reason ? reason.as : '',
    days: 'days' in reason ? reason.days : 0,
    count: 'count' in reason ? reason.count : 0,
  });

/** What an offer is, in words: "认捐 P-0160", or the rule and how often it held. */
export const offerTitle = (offer: Offer, lang: Lang): string => {
  const t = words(lang, 'bank');
  return offer.kind === 'rule'
    ? t(`part.${offer.makes}`)
    : offer.things.map((thing) => `${t(`part.${thing.part}`)} ${thing.subject}`).join(' + ');
};

export const offerReasons = (offer: Offer, currency: string, lang: Lang): string[] => {
  const t = words(lang, 'bank');
  if (offer.kind === 'rule')
    return [offer.times === 0 ? t('matching.hint') : t('matching.rule', { times: offer.times })];
  return offer.reasons.map((reason) => reasonWords(reason, currency, lang));
};
