import { words } from '@/lib/i18n/words';
import type { Example } from '../examples/example';
import { Steps } from './component';

export const examples: readonly Example[] = [
  {
    name: 'across',
    wide: true,
    render: (lang) => {
      const t = words(lang, 'home');
      return (
        <Steps
          across
          steps={[
            { title: t('check.receipt'), body: t('check.receiptBody') },
            { title: t('check.road'), body: t('check.roadBody') },
            { title: t('check.receipt'), body: t('check.receiptBody') },
          ]}
        />
      );
    },
  },
];
