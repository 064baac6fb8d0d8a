import {
  labelStep,
  roadBar,
  textWidthEm,
  type Layer,
  type LayerName,
  type RoadBarFigures,
} from './road-bar.rules';

/** Pixels: the height of the ground and of a layer, the depth into the picture, the air under the survey line. */
const GEOMETRY = {
  normal: { ground: 33, layer: 30, depth: 26, air: 48, fontPx: 15 },
  small: { ground: 25, layer: 23, depth: 18, air: 44, fontPx: 13 },
} as const;

type Geometry = (typeof GEOMETRY)[keyof typeof GEOMETRY];

/**
 * The road in section. Widths are percentages of the picture, so it is exact at every width; heights are pixels, so
 * the textures keep their grain. What runs into the depth reaches beyond the box into the padding left for it.
 */
export function Picture({
  figures,
  size,
  label,
}: {
  figures: RoadBarFigures;
  size: keyof typeof GEOMETRY;
  label: (name: LayerName | 'survey', minor: bigint) => string;
}) {
  const geometry = GEOMETRY[size];
  const bar = roadBar(figures);
  const courses = figures.receivedMinor === undefined ? 3 : 4;
  const air = figures.pledgedMinor === undefined ? geometry.depth + 4 : geometry.air + geometry.depth;
  const height = air + courses * geometry.layer + geometry.ground + 1;
  const topOf = (name: LayerName): number => {
    const above: readonly LayerName[] = ['earth', 'gravel', 'base', 'binder', 'asphalt'];
    const index = above.indexOf(name) - (courses === 3 && name !== 'earth' ? 1 : 0);
    return height - 1 - geometry.ground - index * geometry.layer;
  };
  return (
    <div className={`rb-picture rb-${size}`} aria-hidden="true">
      <svg width="100%" height={height} focusable="false">
        {bar.layers.map((layer) => (
          <Course
            key={layer.name}
            layer={layer}
            geometry={geometry}
            top={topOf(layer.name)}
            label={label(layer.name, layer.minor)}
          />
        ))}
        {bar.gap && (
          <svg
            x={`${bar.gap.from}%`}
            y={topOf(bar.gap.layer)}
            width={`${bar.gap.width}%`}
            height={geometry.layer}
            overflow="visible"
          >
            <g transform={`translate(${geometry.depth * 0.6} 0)`}>
              <rect className="rb-gap-ground" width="100%" height={geometry.layer} />
              <rect className="rb-gap" width="100%" height={geometry.layer} />
              <svg x="50%" y="50%" overflow="visible">
                <path
                  className="rb-gap-mark"
                  d="M-3.3-8h6.6L8-3.3v6.6L3.3 8h-6.6L-8 3.3v-6.6zM0-4.200v5M0 4v.1"
                />
              </svg>
            </g>
          </svg>
        )}
        {bar.pledged !== null && figures.pledgedMinor !== undefined && (
          <SurveyLine
            width={bar.pledged}
            geometry={geometry}
            ground={topOf('earth')}
            label={label('survey', figures.pledgedMinor)}
          />
        )}
      </svg>
    </div>
  );
}

/** One layer: its side at the right end, its upper face, its front, and its name where there is room. */
function Course({
  layer,
  geometry: { ground, layer: course, depth, fontPx },
  top,
  label,
}: {
  layer: Layer;
  geometry: Geometry;
  top: number;
  label: string;
}) {
  const height = layer.name === 'earth' ? ground : course;
  const width = `${layer.width}%`;
  const step = labelStep(textWidthEm(label) * (fontPx / 16), layer.width);
  return (
    <g className={`rb-course rb-${layer.name}`}>
      <svg x={width} y={top} width="1" height="1" overflow="visible">
        <path className="rb-side" d={`M0 0l${depth}-${depth}v${height}l-${depth} ${depth}z`} />
      </svg>
      <g transform={`translate(0 ${top}) skewX(-45)`}>
        <rect className="rb-top" y={-depth} width={width} height={depth} />
      </g>
      {layer.name === 'asphalt' && (
        <g transform={`translate(${depth / 2} ${top - depth / 2})`}>
          <line className="rb-paint" x1="6" x2={width} y1="0" y2="0" />
        </g>
      )}
      <rect className="rb-front" y={top} width={width} height={height} />
      {step !== null && (
        <text className={`rb-label rb-from-${step}`} x="11" y={top + height / 2} dy="0.36em">
          {label}
        </text>
      )}
    </g>
  );
}

/** What is promised: a string between two pegs, over the road and not part of it. */
function SurveyLine({
  width,
  geometry: { depth, fontPx },
  ground,
  label,
}: {
  width: number;
  geometry: Geometry;
  ground: number;
  label: string;
}) {
  const boxWidth = (textWidthEm(label) + 1.2) * fontPx;
  const boxHeight = fontPx * 1.65;
  const line = boxHeight + 8;
  const foot = ground - depth / 2;
  // A short promise has its label to the right of its peg: there is no room over the string.
  const short = width < 50;
  return (
    <g className="rb-survey" transform={`translate(${depth / 2} 0)`}>
      <line className="rb-string" x1="0" x2={`${width}%`} y1={line} y2={line} />
      <line className="rb-post" x1="0" x2="0" y1={line - 2} y2={line + 20} />
      <svg x={`${width}%`} y="0" width="1" height="1" overflow="visible">
        <line className="rb-post" x1="0" x2="0" y1={line - 2} y2={foot} />
        <ellipse cx="0" cy={foot} rx="7" ry="4" />
        <g transform={`translate(${short ? 10 : -boxWidth - 8} ${line - boxHeight - (short ? -8 : 6)})`}>
          <rect className="rb-tag" width={boxWidth} height={boxHeight} rx="3" />
          <text x={boxWidth / 2} y={boxHeight / 2} dy="0.36em" textAnchor="middle">
            {label}
          </text>
        </g>
      </svg>
    </g>
  );
}

/** Budget, allocated, committed and paid of one road as four thin steps. */
export function Mini({ figures }: { figures: RoadBarFigures }) {
  return (
    <svg className="rb-mini" width="100%" height="18" aria-hidden="true" focusable="false">
      {roadBar(figures).layers.map(({ name, width }) => {
        const step = { earth: 0, gravel: 1, base: 1, binder: 2, asphalt: 3 }[name];
        return (
          <g key={name} className={`rb-${name}`}>
            <rect
              x="0"
              y={name === 'asphalt' ? 2 : 13 - step * 3.6}
              width={`${width}%`}
              height={name === 'asphalt' ? 5 : 4}
            />
            {name === 'asphalt' && <line className="rb-paint" x1="2" x2={`${width}%`} y1="4.5" y2="4.5" />}
          </g>
        );
      })}
      <line className="rb-mini-floor" x1="0" x2="100%" y1="17.25" y2="17.25" />
    </svg>
  );
}
