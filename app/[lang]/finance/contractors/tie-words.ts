import type { Tie } from '@/lib/contracts/ties.rules';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';

/** What ties a bidder to others, in one line. */
export const tieWords = (lang: Lang, ties: readonly Tie[]): string => {
  const t = words(lang, 'roadWork');
  return ties
    .map((tie) => t(`contractors.tie.${tie.by}.${tie.with.kind}`, { who: tie.with.code }))
    .join('; ');
};
