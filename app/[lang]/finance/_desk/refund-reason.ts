import { MORE_THAN_PROMISED } from '@/lib/donations/refund.rules';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';

/** Why money goes back, as the reader reads it: a named reason in their language, a person's own words as written. */
export const refundReason = (reason: string, lang: Lang): string =>
  reason === MORE_THAN_PROMISED ? words(lang, 'books')('refunds.moreThanPromised') : reason;
