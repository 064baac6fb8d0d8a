import { words } from '@/lib/i18n/words';
import type { Lang } from '@/lib/i18n/languages';
import type { Example } from '../examples/example';
import { Tie } from './component';

const parts = (lang: Lang, allocatedMinor: bigint) => {
  const t = words(lang, 'home');
  return [
    { label: t('money.tieAllocated'), minor: allocatedMinor },
    { label: t('money.tieUnallocated'), minor: 1_233_687n },
    { label: t('money.tieFees'), minor: 126_313n },
  ];
};

const tie = (allocatedMinor: bigint) => (lang: Lang) => (
  <Tie
    lang={lang}
    currency="CNY"
    whole={{ label: words(lang, 'home')('money.tieReceived'), minor: 30_000_000n }}
    parts={parts(lang, allocatedMinor)}
  />
);

export const examples: readonly Example[] = [
  { name: 'closes', render: tie(28_640_000n), wide: true },
  { name: 'off by a fen', render: tie(28_639_999n), wide: true },
];
