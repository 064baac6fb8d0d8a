import { words } from '@/lib/i18n/words';
import type { Example } from '../examples/example';
import { campaignFigures, EXAMPLE_DATE, yuan } from '../examples/figures';
import { exampleRoads } from '../examples/roads';
import { Code } from '../code/component';
import { RoadBar, RoadBarLoading, RoadBarMini, RoadBarPicture, RoadBarUnreadable } from './component';
import type { RoadBarFigures } from './road-bar.rules';

const nothing: RoadBarFigures = {
  targetMinor: 32_400_000n,
  pledgedMinor: 0n,
  receivedMinor: 0n,
  allocatedMinor: 0n,
  committedMinor: 0n,
  paidMinor: 0n,
};

const picture = (name: string, figures: RoadBarFigures): Example => ({
  name,
  render: (lang) => (
    <div className="sheet">
      <RoadBarPicture lang={lang} currency="CNY" figures={figures} size="small" />
    </div>
  ),
});

export const examples: readonly Example[] = [
  {
    name: 'whole, with its list',
    wide: true,
    render: (lang) => {
      const t = words(lang, 'home');
      return (
        <div className="sheet">
          <RoadBar
            lang={lang}
            currency="CNY"
            figures={campaignFigures}
            asOf={EXAMPLE_DATE}
            explain={{
              pledged: t('money.received', { share: '96.4%' }),
              received: t('money.received', { share: '92.5%' }),
              allocated: t('money.allocated', { share: '95.4%' }),
              committed: t('money.committed', { count: 19, contractors: 3 }),
              paid: t('money.paid', { count: 45 }),
            }}
          />
        </div>
      );
    },
  },
  picture('normal', campaignFigures),
  picture('nothing yet', nothing),
  picture('only promises', { ...nothing, pledgedMinor: 21_460_000n }),
  picture('more promised than needed', { ...campaignFigures, pledgedMinor: 38_000_000n }),
  picture('shortfall: a gift came back after it was committed', {
    ...campaignFigures,
    shortfall: { layer: 'binder', minor: 1_200_000n, code: 'SF-0001' },
  }),
  picture('one fen of everything', {
    ...nothing,
    pledgedMinor: 1n,
    receivedMinor: 1n,
    allocatedMinor: 1n,
    committedMinor: 1n,
    paidMinor: 1n,
  }),
  picture('one road', {
    targetMinor: 1_500_000n,
    allocatedMinor: 1_500_000n,
    committedMinor: 1_500_000n,
    paidMinor: 1_455_000n,
  }),
  { name: 'loading', render: (lang) => <RoadBarLoading lang={lang} /> },
  {
    name: 'cannot be read',
    render: (lang) => (
      <RoadBarUnreadable
        lang={lang}
        last={{ date: EXAMPLE_DATE, received: yuan(30_000_000n) }}
        retryHref="#road-bar"
      />
    ),
  },
  {
    name: 'mini',
    render: () => (
      <ul className="grid gap-2">
        {exampleRoads.slice(6, 24).map((road) => (
          <li key={road.code} className="grid grid-cols-[4.5rem_1fr] items-center gap-3">
            <Code code={road.code} />
            <RoadBarMini figures={{ ...road, targetMinor: road.budgetMinor }} />
          </li>
        ))}
      </ul>
    ),
  },
];
