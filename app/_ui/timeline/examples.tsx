import { words } from '@/lib/i18n/words';
import type { Example } from '../examples/example';
import { yuan } from '../examples/figures';
import { Timeline, Trace } from './component';

export const examples: readonly Example[] = [
  {
    name: 'done, now, ahead',
    render: (lang) => {
      const t = words(lang, 'segment');
      return (
        <Timeline
          lang={lang}
          steps={[
            { date: '2024-04-18', title: t('timeline.accepted'), when: 'done' },
            { date: '2024-04-19', title: t('timeline.in_warranty'), when: 'now' },
            {
              date: '2025-04-18',
              title: t('timeline.warrantyEnds'),
              detail: t('timeline.ahead'),
              when: 'ahead',
            },
          ]}
        />
      );
    },
  },
  {
    name: 'the way of a gift',
    render: (lang) => {
      const t = words(lang, 'ui');
      return (
        <Trace
          steps={[
            { icon: 'in', title: t('five.received'), amount: yuan(50_000n), children: <p>G-0095</p> },
            { icon: 'split', title: t('five.allocated'), amount: yuan(50_000n), children: <p>A-07-1</p> },
            { icon: 'out', title: t('five.paid'), amount: yuan(50_000n), children: <p>D-0013, D-0035</p> },
            { icon: 'shield', title: t('state.in_warranty'), done: true },
          ]}
        />
      );
    },
  },
];
