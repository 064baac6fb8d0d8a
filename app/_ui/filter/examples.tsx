import { words } from '@/lib/i18n/words';
import type { Example } from '../examples/example';
import { ActiveFilters, FilterForm, FilterTick } from './component';

export const examples: readonly Example[] = [
  {
    name: 'form',
    render: (lang) => {
      const t = words(lang, 'ledger');
      return (
        <FilterForm lang={lang} action="#filter" open>
          <fieldset>
            <legend>{t('filter.kind')}</legend>
            <FilterTick name="kind" value="gift" label={t('kind.gift')} count={11} checked />
            <FilterTick name="kind" value="refund" label={t('kind.refund')} count={0} checked={false} />
          </fieldset>
        </FilterForm>
      );
    },
  },
  {
    name: 'active',
    render: (lang) => (
      <ActiveFilters
        lang={lang}
        clearHref="#filter"
        filters={[
          { name: '2024-06', withoutHref: '#filter' },
          { name: 'ML-07', withoutHref: '#filter' },
        ]}
      />
    ),
  },
];
