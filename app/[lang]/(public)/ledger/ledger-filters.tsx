import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { FilterForm, FilterTick } from '../../../_ui/filter/component';
import { SelectField, TextField } from '../../../_ui/form/component';
import { TEXT_MAX } from './ledger-text.rules';
import type { LedgerModel } from './ledger-view';

/** The filter of the ledger; its names are the names in the address. No kind ticked means every kind. */
export function LedgerFilters({ lang, model }: { lang: Lang; model: LedgerModel }) {
  const t = words(lang, 'ledger');
  const { filter } = model;
  return (
    <FilterForm lang={lang} action={`/${lang}/ledger`} open={model.active.length > 0}>
      {filter.subject !== null && <input type="hidden" name="entry" value={filter.subject} />}
      <TextField
        id="q"
        name="q"
        type="search"
        label={t('filter.text')}
        hint={t('filter.textHint')}
        defaultValue={filter.text ?? ''}
        maxLength={TEXT_MAX}
        autoComplete="off"
      />
      <fieldset>
        <legend>{t('filter.kind')}</legend>
        {model.kinds.map(({ kind, count }) => (
          <FilterTick
            key={kind}
            name="kind"
            value={kind}
            label={t(`kind.${kind}`)}
            count={count}
            checked={filter.kinds.includes(kind)}
          />
        ))}
      </fieldset>
      <SelectField
        id="road"
        name="road"
        label={t('filter.road')}
        defaultValue={filter.road ?? ''}
        choices={[
          { value: '', label: t('filter.allRoads') },
          ...model.roads.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
        ]}
      />
      <SelectField
        id="contractor"
        name="contractor"
        label={t('filter.contractor')}
        defaultValue={filter.contractor ?? ''}
        choices={[
          { value: '', label: t('filter.allContractors') },
          ...model.contractors.map(({ code, name }) => ({ value: code, label: name })),
        ]}
      />
      <div className="filter-pair">
        <TextField
          id="from"
          name="from"
          type="date"
          label={t('filter.from')}
          defaultValue={filter.from ?? ''}
          figures
        />
        <TextField
          id="to"
          name="to"
          type="date"
          label={t('filter.to')}
          defaultValue={filter.to ?? ''}
          figures
        />
      </div>
      <div className="filter-pair">
        <TextField
          id="least"
          name="least"
          inputMode="decimal"
          label={t('filter.least')}
          defaultValue={filter.least ?? ''}
          figures
        />
        <TextField
          id="most"
          name="most"
          inputMode="decimal"
          label={t('filter.most')}
          defaultValue={filter.most ?? ''}
          figures
        />
      </div>
    </FilterForm>
  );
}
