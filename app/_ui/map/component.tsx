import type { Position } from 'geojson';
import type { ReactNode } from 'react';
import { metresText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { RoadState } from '../chip/component';
import { ScrollBox } from '../table/component';
import { Swatch, type Material } from '../materials/component';
import { MapExplorer } from './explorer';
import { closeUp, drawRoads, type DrawnRoad } from './map.rules';

export type MapRoad = {
  readonly code: string;
  readonly name: string;
  readonly state: RoadState;
  readonly href: string;
  /** WGS84 longitude and latitude, as in GeoJSON. */
  readonly line: readonly Position[];
};

/** The grid all maps of a campaign are drawn on; a drawn background uses the same one. */
export const GRID = { width: 1050, height: 590, margin: 46 } as const;

/** How far a road has got, as what lies on the ground. */
const RIBBON: Record<RoadState, Material> = {
  proposed: 'plan',
  approved: 'plan',
  funded: 'gravel',
  contracted: 'base',
  in_progress: 'binder',
  inspection: 'fresh',
  rework: 'rework',
  accepted: 'asphalt',
  in_warranty: 'asphalt',
  closed: 'asphalt',
  suspended: 'plan',
  cancelled: 'plan',
};

/** What lies further below at a crossing is drawn first. */
const LAID: readonly Material[] = ['plan', 'gravel', 'base', 'binder', 'fresh', 'rework', 'asphalt'];
const numberOf = (code: string): string => code.slice(code.lastIndexOf('-') + 1);

type Ribbon = MapRoad & DrawnRoad & { readonly material: Material };

/**
 * The village and its roads, each drawn in the material it has reached. Every ribbon is a link with name and
 * state; the list of roads on the same page is the equal alternative. With `around` only the neighbourhood of
 * one road is shown and that road is marked.
 */
export function VillageMap({
  lang,
  roads: all,
  around,
  background,
  nonce,
}: {
  lang: Lang;
  roads: readonly MapRoad[];
  around?: string | undefined;
  /** Of the page's policy, where it has one (`pageNonce`). */
  nonce?: string | undefined;
  /** A drawn landscape on the same grid. */
  background?: ReactNode;
}) {
  const t = words(lang, 'ui');
  // A road whose line is withheld stands in the list beside the map only.
  const roads = all.filter((road) => road.line.length > 1);
  const drawing = drawRoads(
    roads.map((road) => road.line),
    GRID,
  );
  const ribbons: Ribbon[] = roads.flatMap((road, index) => {
    const drawn = drawing.roads[index];
    return drawn ? [{ ...road, ...drawn, material: RIBBON[road.state] }] : [];
  });
  // Roads of one material are one path: a path each, in four coats, would be a hundred elements more to lay out.
  const laid = LAID.map((material) => ({
    material,
    path: ribbons
      .filter((road) => road.material === material)
      .map((road) => road.path)
      .join(''),
  })).filter(({ path }) => path !== '');
  const here = ribbons.find((road) => road.code === around);
  const view = here ? closeUp(here.box, GRID, 1.65) : { x: 0, y: 0, ...GRID };
  // Each material's line is written once and laid in several coats.
  const idOf = (material: Material): string => `line-${around ?? 'all'}-${material}`;
  const map = (
    <svg
      viewBox={[view.x, view.y, view.width, view.height].map((side) => side.toFixed(1)).join(' ')}
      aria-label={t('map.label')}
      role="group"
    >
      <defs>
        {laid.map(({ material, path }) => (
          <path key={material} id={idOf(material)} d={path} />
        ))}
      </defs>
      <g aria-hidden="true">
        {background}
        {here && <path className="ribbon-here" d={here.path} />}
        {(['case', 'edge', 'fill', 'grain'] as const).map((coat) =>
          laid.map(({ material }) => (
            <use
              key={coat + material}
              className={`ribbon-${coat} on-${material}`}
              href={`#${idOf(material)}`}
            />
          )),
        )}
        {!here && drawing.scale && <ScaleBar lang={lang} scale={drawing.scale} />}
      </g>
      {ribbons.map((road) => (
        <a
          key={road.code}
          href={road.href}
          aria-label={t('map.road', { code: road.code, name: road.name, state: t(`state.${road.state}`) })}
          aria-current={road.code === around ? 'page' : undefined}
        >
          <path className="ribbon-hit" d={road.path} />
          <path className="ribbon-ring" d={road.path} />
          <g
            className="map-number"
            transform={`translate(${road.mark[0].toFixed(1)} ${road.mark[1].toFixed(1)})`}
          >
            <rect x="-15" y="-12" width="30" height="24" rx="4" />
            <text y="5.5">{numberOf(road.code)}</text>
          </g>
        </a>
      ))}
    </svg>
  );
  return (
    <div className={here ? 'map map-close' : 'map'}>
      {here ? (
        map
      ) : (
        <MapExplorer
          nonce={nonce}
          labels={{
            closer: t('map.closer'),
            wider: t('map.wider'),
            whole: t('map.whole'),
            hint: t('map.hint'),
          }}
        >
          <ScrollBox name={t('map.label')} lang={lang}>
            {map}
          </ScrollBox>
        </MapExplorer>
      )}
    </div>
  );
}

function ScaleBar({ lang, scale }: { lang: Lang; scale: { metres: number; units: number } }) {
  const { width } = GRID;
  return (
    <>
      <g className="map-scale" transform="translate(32 38)">
        <path d={`M0-5v10M0 0h${scale.units.toFixed(1)}M${scale.units.toFixed(1)}-5v10`} />
        <text x={scale.units / 2} y="-8">
          {metresText(scale.metres * 1000, lang)}
        </text>
      </g>
      <g className="map-north" transform={`translate(${width - 36} 46)`}>
        <path d="M0-22L9 14L0 8L-9 14z" />
        <text y="32">{words(lang, 'ui')('map.north')}</text>
      </g>
    </>
  );
}

const KEY: readonly (readonly [Material, RoadState, readonly RoadState[]])[] = [
  ['plan', 'approved', ['proposed', 'approved']],
  ['gravel', 'funded', ['funded']],
  ['base', 'contracted', ['contracted']],
  ['binder', 'in_progress', ['in_progress']],
  ['fresh', 'inspection', ['inspection']],
  ['rework', 'rework', ['rework']],
  ['asphalt', 'accepted', ['accepted', 'in_warranty', 'closed']],
];

/** What each ribbon means and how many roads are so. */
export function MapKey({ lang, roads }: { lang: Lang; roads: readonly { readonly state: RoadState }[] }) {
  const t = words(lang, 'ui');
  return (
    <ul className="map-key" aria-label={t('map.key')}>
      {KEY.map(([material, word, states]) => ({
        material,
        word,
        count: roads.filter((road) => states.includes(road.state)).length,
      }))
        .filter(({ count }) => count > 0)
        .map(({ material, word, count }) => (
          <li key={material}>
            <Swatch material={material} />
            {t(`state.${word}`)} {count}
          </li>
        ))}
    </ul>
  );
}
