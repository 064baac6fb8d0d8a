import { words } from '@/lib/i18n/words';
import type { Example } from '../examples/example';
import { Documents, Seal, Withheld } from './component';

const SHA256 = '27f9771b5dd9616895b2cf063e0331bfe766a8f80eae88b0765a5facda381fdf';

export const examples: readonly Example[] = [
  {
    name: 'public, redacted, withheld',
    render: (lang) => {
      const t = words(lang, 'segment');
      const doc = { date: '2023-11-28', pages: 12, sha256: SHA256 };
      return (
        <Documents
          lang={lang}
          documents={[
            { ...doc, id: '1', title: t('evidence.sheet'), href: '#docs' },
            { ...doc, id: '2', title: t('evidence.invoice'), href: '#docs', redacted: true, pages: 1 },
            {
              ...doc,
              id: '3',
              title: t('docs.quotesWithheld'),
              href: null,
              sha256: null,
              withheld: { reason: t('payments.accountReason'), opens: '2025-04-18' },
            },
          ]}
        />
      );
    },
  },
  {
    name: 'withheld without a date',
    render: (lang) => <Withheld lang={lang} reason={words(lang, 'segment')('payments.accountReason')} />,
  },
  {
    name: 'seal',
    render: (lang) => (
      <Seal label={words(lang, 'segment')('docs.seal')}>
        <span lang="zh-Hans">
          验收
          <br />
          合格
        </span>
      </Seal>
    ),
  },
];
