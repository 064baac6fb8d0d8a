import type { Position } from 'geojson';
import { metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { CurrencyCode } from '@/lib/shared/currencies';
import { Btn } from '../../../_ui/btn/component';
import type { RoadState } from '../../../_ui/chip/component';
import { SelectField, TextField } from '../../../_ui/form/component';
import { MalingGround } from '../../../_ui/illustration/maling-ground';
import { MapKey, VillageMap } from '../../../_ui/map/component';
import { Empty } from '../../../_ui/msg/component';
import { Wrap } from '../../../_ui/page/component';
import { RoadList, type ListedRoad } from './road-list';
import { chosenRoads, ROAD_ORDERS, type RoadsAsked } from './roads-order.rules';

export type RoadsModel = {
  readonly campaign: string;
  readonly currency: CurrencyCode;
  readonly roads: readonly (ListedRoad & { readonly line: readonly Position[] })[];
  /** What the address asks for; a state that no road has shows an empty list. */
  readonly asked: RoadsAsked;
};

/** All roads: the map, then the list, narrowed by a GET form. */
export function RoadsView({
  lang,
  model,
  nonce,
}: {
  lang: Lang;
  model: RoadsModel;
  nonce?: string | undefined;
}) {
  const t = words(lang, 'segment');
  const ui = words(lang, 'ui');
  const { asked } = model;
  const shown = chosenRoads(model.roads, asked);
  const states: readonly RoadState[] = [...new Set(model.roads.map((road) => road.state))];
  return (
    <Wrap>
      <div className="page-head">
        <h1>{t('list.title')}</h1>
        <p>
          {t('list.intro', {
            count: model.roads.length,
            total: metresText(
              model.roads.reduce((sum, road) => sum + road.lengthMm, 0),
              lang,
            ),
          })}
        </p>
      </div>
      <VillageMap
        lang={lang}
        nonce={nonce}
        roads={model.roads.map((road) => ({ ...road, href: `/${lang}/roads/${road.code}` }))}
        background={model.campaign === 'gen-hun-meng' ? <MalingGround lang={lang} /> : undefined}
      />
      <MapKey lang={lang} roads={model.roads} />
      <form method="get" className="inline-form">
        <SelectField
          id="state"
          name="state"
          label={t('list.filterState')}
          defaultValue={asked.state ?? ''}
          choices={[
            { value: '', label: t('list.anyState') },
            ...states.map((state) => ({ value: state, label: ui(`state.${state}`) })),
          ]}
        />
        <SelectField
          id="sort"
          name="sort"
          label={t('list.sort')}
          defaultValue={asked.order}
          choices={ROAD_ORDERS.map((order) => ({ value: order, label: t(`list.by.${order}`) }))}
        />
        <TextField
          id="q"
          name="q"
          type="search"
          label={t('list.text')}
          defaultValue={asked.text ?? ''}
          maxLength={60}
          autoComplete="off"
        />
        <Btn kind="line">{t('list.show')}</Btn>
        <p className="inline-form-end">
          <a href="/open-data/segments.csv">{t('list.csv')}</a> ·{' '}
          <a href="/open-data/segments.geojson">{t('list.geojson')}</a>
        </p>
      </form>
      {shown.length === 0 ? (
        <Empty title={t('list.none')}>
          <a href={`/${lang}/roads`}>{t('list.noneBody')}</a>
        </Empty>
      ) : (
        <RoadList
          lang={lang}
          currency={model.currency}
          roads={shown}
          label={words(lang, 'home')('map.listLabel', { count: shown.length })}
        />
      )}
    </Wrap>
  );
}
