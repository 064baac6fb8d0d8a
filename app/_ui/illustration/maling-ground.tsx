import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';

/**
 * The land around the 24 roads of Maling, drawn on the grid of the village map (1050 × 590). An illustration: no
 * survey, and the page says so. Hidden from screen readers like the rest of the picture.
 */
export function MalingGround({ lang }: { lang: Lang }) {
  const t = words(lang, 'ui');
  return (
    <>
      <path className="ground-hill" d="M196 0C226 46 292 74 352 66C420 58 462 34 500 0z" />
      <path
        className="ground-contour"
        d="M238 0C262 34 306 52 350 47C402 41 434 22 460 0M280 0C298 22 322 32 350 28"
      />
      {FIELDS.map((field) => (
        <g key={field.outline}>
          <path className="ground-crop" d={field.outline} />
          <path className="ground-furrow" d={field.furrows} />
        </g>
      ))}
      <path
        className="ground-water"
        d="M-10 566C120 556 230 574 352 568C470 562 560 578 690 572C820 566 930 580 1060 570V600H-10z"
      />
      <path
        className="ground-ripple"
        d="M60 582q16-6 32 0M318 586q16-6 32 0M560 588q16-6 32 0M880 586q16-6 32 0"
      />
      <path className="ground-stream" d="M716 574C706 520 722 470 708 424C700 396 684 372 690 344" />
      <path className="ground-bank" d="M716 574C706 520 722 470 708 424C700 396 684 372 690 344" />
      <path
        className="ground-water"
        d="M634 262C632 216 664 186 702 188C744 190 766 224 762 268C758 316 728 346 692 344C656 342 636 308 634 262z"
      />
      <g className="ground-lotus">
        <circle cx="666" cy="232" r="9" />
        <circle cx="688" cy="252" r="7" />
        <circle cx="726" cy="228" r="8" />
        <circle cx="732" cy="296" r="9" />
        <circle cx="676" cy="306" r="8" />
      </g>
      {PONDS.map((pond) => (
        <path key={pond} className="ground-water" d={pond} />
      ))}
      <path className="ground-roof" d={HOUSES.map(roofOf).join('')} />
      <path className="ground-ridge" d={HOUSES.map(ridgeOf).join('')} />
      <g transform="translate(470 316)">
        <rect className="ground-roof" x="-37" y="-20" width="74" height="40" />
        <path className="ground-ridge" d="M-37-10h74M-37 0h74M-37 10h74M-13-20v40M13-20v40" />
      </g>
      <path className="ground-leaf" d={TREES.map(crownOf).join('')} />
      {LABELS.map(([key, x, y]) => (
        <text key={key} className="map-text" x={x} y={y}>
          {t(`village.${key}`)}
        </text>
      ))}
    </>
  );
}

const FIELDS = [
  {
    outline: 'M-6 128L112 168L96 268L-6 292z',
    furrows: 'M-6 152L108 186M-6 178L105 206M-6 206L102 226M-6 234L99 248M-6 262L97 264',
  },
  {
    outline: 'M-6 356L86 372L132 424L116 476L-6 482z',
    furrows: 'M-6 378L92 388M-6 402L112 406M-6 428L130 430M-6 456L122 458',
  },
  {
    outline: 'M276 470L392 462L404 540L262 548L250 516z',
    furrows: 'M268 486L394 478M258 502L397 495M253 520L400 512M258 536L402 528',
  },
  {
    outline: 'M848 18L1056 -2V150L900 176L838 110z',
    furrows:
      'M846 42L1056 20M844 66L1056 46M842 92L1056 74M852 118L1056 100M874 144L1056 126M892 164L1056 146',
  },
  {
    outline: 'M874 356L1056 300V398L884 418z',
    furrows: 'M876 370L1056 320M878 386L1056 340M880 402L1056 362M884 416L1056 384',
  },
] as const;

const PONDS = [
  'M818 438h58v38h-58z',
  'M888 440h62v38h-62z',
  'M962 442h62v40h-62z',
  'M800 544h56v18h-56z',
  'M868 546h70v18h-70z',
  'M952 536h78v26h-78z',
] as const;

/** Centre, size and turn of a roof. */
type House = readonly [x: number, y: number, width: number, height: number, turn: number];

const HOUSES: readonly House[] = [
  [292, 268, 40, 27, -4],
  [342, 268, 38, 26, -4],
  [300, 316, 40, 27, -8],
  [346, 312, 34, 25, -8],
  [296, 364, 36, 25, -16],
  [346, 358, 38, 26, -14],
  [436, 268, 36, 25, 2],
  [484, 266, 38, 25, 2],
  [534, 270, 36, 25, 4],
  [538, 320, 38, 26, 4],
  [404, 152, 34, 24, 8],
  [414, 188, 38, 26, 6],
  [466, 150, 36, 25, 2],
  [484, 186, 38, 26, 0],
  [590, 88, 38, 25, 4],
  [600, 124, 36, 25, 6],
  [716, 92, 36, 25, 0],
  [762, 100, 38, 26, 4],
  [458, 420, 36, 25, 6],
  [500, 432, 38, 26, 4],
  [548, 424, 38, 26, 2],
  [508, 484, 38, 26, 6],
  [556, 478, 38, 26, 0],
  [654, 424, 36, 25, -4],
  [652, 472, 36, 25, 0],
  [734, 414, 34, 24, 10],
  [742, 464, 34, 24, 6],
  [836, 382, 38, 26, -8],
  [850, 214, 38, 26, 4],
  [904, 226, 36, 25, 8],
  [850, 264, 38, 26, 2],
  [196, 66, 36, 25, 10],
  [246, 108, 38, 26, 8],
  [196, 418, 36, 25, -34],
  [152, 446, 36, 25, -30],
  [152, 258, 38, 26, 30],
  [176, 296, 34, 24, 20],
];

type Tree = readonly [x: number, y: number, radius: number];

const TREES: readonly Tree[] = [
  [276, 404, 21],
  [298, 410, 15],
  [282, 424, 15],
  [300, 50, 14],
  [322, 92, 11],
  [398, 40, 15],
  [424, 62, 12],
  [284, 158, 12],
  [300, 176, 10],
  [180, 210, 11],
  [196, 224, 9],
  [92, 566, 10],
  [40, 520, 13],
  [364, 560, 10],
  [446, 548, 9],
  [820, 316, 12],
  [838, 330, 10],
  [926, 196, 12],
  [1004, 262, 13],
  [620, 330, 10],
  [626, 196, 9],
  [776, 158, 12],
  [804, 168, 9],
  [130, 350, 11],
  [118, 364, 9],
  [560, 56, 12],
  [816, 44, 11],
];

/*
 * All roofs are one path, and so are all trees: an element each would cost every visitor's telephone more than the
 * drawing is worth.
 */

const at = ([x, y, , , turn]: House, right: number, down: number): string => {
  const angle = (turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return `${tenth(x + right * cos - down * sin)} ${tenth(y + right * sin + down * cos)}`;
};

const tenth = (value: number): number => Math.round(value * 10) / 10;

const roofOf = (house: House): string => {
  const [, , width, height] = house;
  const [right, down] = [width / 2, height / 2];
  return `M${at(house, -right, -down)}L${at(house, right, -down)}L${at(house, right, down)}L${at(house, -right, down)}z`;
};

const ridgeOf = (house: House): string => `M${at(house, -house[2] / 2, 0)}L${at(house, house[2] / 2, 0)}`;

const crownOf = ([x, y, radius]: Tree): string =>
  `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;

const LABELS = [
  ['gate', 78, 566],
  ['banyan', 328, 466],
  ['hall', 470, 352],
  ['lotus', 700, 270],
  ['backHill', 350, 22],
  ['ferry', 452, 566],
  ['fishponds', 920, 432],
  ['river', 250, 588],
  ['threshing', 470, 198],
] as const;
