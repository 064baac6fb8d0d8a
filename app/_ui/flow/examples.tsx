import { words } from '@/lib/i18n/words';
import type { Example } from '../examples/example';
import { Flow } from './component';

export const examples: readonly Example[] = [
  {
    name: 'bank and cash in, one road paid, some waiting',
    wide: true,
    render: (lang) => {
      const t = words(lang, 'ledger');
      return (
        <Flow
          lang={lang}
          currency="CNY"
          nodes={[
            { id: 'bank', label: words(lang, 'home')('channel.bank'), minor: 700n },
            { id: 'cash', label: words(lang, 'home')('channel.cash'), minor: 300n },
            { id: 'received', label: t('flow.received'), minor: 1000n },
            { id: 'allocated', label: t('flow.allocated'), minor: 900n },
            { id: 'unallocated', label: t('flow.unallocated'), minor: 100n },
            { id: 'paid', label: t('flow.paid'), minor: 900n },
          ]}
          links={[
            { from: 'bank', to: 'received', minor: 700n, material: 'gravel' },
            { from: 'cash', to: 'received', minor: 300n, material: 'gravel' },
            { from: 'received', to: 'allocated', minor: 900n, material: 'base' },
            { from: 'received', to: 'unallocated', minor: 100n, material: 'gravel' },
            { from: 'allocated', to: 'paid', minor: 900n, material: 'asphalt' },
          ]}
        >
          <p>{t('description')}</p>
        </Flow>
      );
    },
  },
];
