import { env } from '../env';
import { letterLink } from '../shared/letter-link.rules';
import { isCurrency, money } from '../shared/money';
import type { ChangeRow, GiftOfChange } from './change.store';
import { consentToken } from './consent-token';

/** What the letter to one giver says; also for printing when there is no address for mail. */
export const letterData = (
  change: Pick<
    ChangeRow,
    | 'code'
    | 'segment'
    | 'segmentName'
    | 'kind'
    | 'reason'
    | 'toSegment'
    | 'toSegmentName'
    | 'basis'
    | 'deadline'
  >,
  campaign: string,
  gift: Pick<GiftOfChange, 'subject' | 'amountMinor' | 'donorLang'>,
  currency: string,
) => ({
  campaign,
  change: change.code,
  gift: gift.subject,
  road: `${change.segment} ${change.segmentName[gift.donorLang]}`,
  kind: change.kind,
  reason: change.reason[gift.donorLang],
  amount: money(isCurrency(currency) ? currency : 'CNY', gift.amountMinor),
  toRoad:
    change.toSegment === null ? null : `${change.toSegment} ${change.toSegmentName?.[gift.donorLang] ?? ''}`,
  silence: change.basis === 'consent' ? ('return' as const) : ('move' as const),
  deadline: change.deadline,
  url: letterLink(
    `${env.PUBLIC_URL}/${gift.donorLang}/consent`,
    consentToken(env.AUTH_SECRET, change.code, gift.subject),
  ),
});
