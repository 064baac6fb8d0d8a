import { BOOK_TIME_ZONE } from './i18n/format';
import { accountingDate } from './shared/time';

/** Today in the charity's zone: what forms offer as the accounting date. Rules take it as an argument. */
export const accountingToday = (): string => accountingDate(new Date(), BOOK_TIME_ZONE);

/** Whole days that have passed since a moment; 0 for one still to come. */
export const daysSince = (moment: Date): number =>
  Math.max(0, Math.floor((Date.now() - moment.getTime()) / 86_400_000));
