import { words } from '@/lib/i18n/words';
import type { Example } from '../examples/example';
import { Crumbs, Facts, Sheet, Slip } from './component';

export const examples: readonly Example[] = [
  {
    name: 'slip',
    render: (lang) => (
      <Slip
        lang={lang}
        title={words(lang, 'home')('hero.slip')}
        note={words(lang, 'home')('hero.slipNote')}
      />
    ),
  },
  {
    name: 'crumbs and facts on a framed sheet',
    render: (lang) => (
      <Sheet frame>
        <Crumbs
          lang={lang}
          steps={[{ href: '#page', label: words(lang, 'common')('nav.roads') }]}
          here="ML-07"
        />
        <Facts
          facts={[
            { term: words(lang, 'segment')('facts.size'), value: '48 × 3' },
            { term: words(lang, 'segment')('facts.warranty'), value: '2025-04-18' },
          ]}
        />
      </Sheet>
    ),
  },
];
