import { words } from '@/lib/i18n/words';
import type { Example } from '../examples/example';
import { yuan } from '../examples/figures';
import { Moves } from './component';

export const examples: readonly Example[] = [
  {
    name: 'in, out, back',
    render: (lang) => {
      const t = words(lang, 'home');
      return (
        <Moves
          lang={lang}
          moves={[
            {
              id: '1',
              date: '2024-06-28',
              icon: 'out',
              what: t('moves.payment', { contractor: 'Example' }),
              detail: 'D-0045',
              amount: yuan(-229_500n),
            },
            {
              id: '2',
              date: '2024-06-27',
              icon: 'in',
              what: t('moves.gift'),
              detail: 'G-0171',
              amount: yuan(50_000n),
            },
            { id: '3', date: '2024-06-26', icon: 'back', what: t('moves.refund'), amount: yuan(-18_800n) },
          ]}
        />
      );
    },
  },
];
