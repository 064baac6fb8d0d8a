import { along, beside, piece } from './panorama.rules';

const STAFF = [-1, -0.5, 0, 0.5, 1].map((side) => along(-40, side < 0 ? 790 : 800 + side * 20, side));

/** Where the layers of the road are cut: each material is seen before the next one covers it. */
const PIECES = [
  ['earth', 770, 850],
  ['gravel', 842, 925],
  ['base', 918, 990],
  ['binder', 984, 1046],
] as const;
const ASPHALT = piece(1040, 1630);
const CENTRE = along(1050, 1630, 0);

/** Notes on the staff: place along it and height across it; `joined` shares a beam with the next one. */
const NOTES: readonly { readonly x: number; readonly side: number; readonly joined?: boolean }[] = [
  { x: 60, side: 0.5, joined: true },
  { x: 186, side: -0.1 },
  { x: 300, side: 0.75 },
  { x: 436, side: 0 },
  { x: 548, side: -0.5, joined: true },
  { x: 648, side: 0.5 },
  { x: 732, side: -0.5 },
];

/** Decorative: the page tells the same story in words. */
export function Panorama() {
  return (
    <div className="panorama">
      <svg viewBox="0 0 1600 430" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">
        <circle className="pano-moon" cx="1152" cy="108" r="45" />
        <path
          className="pano-far"
          d="M780 340C880 280 980 240 1052 252C1104 160 1182 104 1252 160C1316 66 1412 28 1484 98C1530 70 1580 76 1620 96V430H560C640 404 716 378 780 340z"
        />
        <path
          className="pano-near"
          d="M880 336C968 282 1052 262 1128 270C1200 214 1274 184 1346 204C1420 142 1514 128 1620 172V430H640C740 396 820 372 880 336z"
        />
        <path
          className="pano-field"
          d="M-20 430V376C130 340 300 362 466 394C620 424 766 414 906 378C1046 342 1186 306 1346 284C1446 270 1546 236 1620 218V430z"
        />
        <path
          className="pano-crop"
          d="M906 380C1046 342 1190 318 1350 304C1446 294 1546 266 1620 254V282C1506 308 1346 330 1226 360C1116 388 1040 416 1004 430H740C790 414 850 394 906 380z"
        />
        <path
          className="pano-furrow"
          d="M1060 430C1146 386 1262 350 1404 326C1486 312 1562 296 1620 286M1186 430C1264 392 1362 360 1484 340C1544 330 1590 322 1620 318M1336 430C1402 400 1484 374 1620 356M964 406C1024 378 1124 350 1224 334M-20 400C116 370 276 388 426 416M-20 420C86 400 196 406 296 424"
        />
        <path
          className="pano-birds"
          d="M864 84q9-10 18 0q9-10 18 0M914 60q7-8 14 0q7-8 14 0M838 118q7-8 14 0q7-8 14 0"
        />
        <House x={1010} y={236} size={0.95} />
        <House x={1196} y={222} size={1.4} />
        <House x={1322} y={196} size={1.35} />
        <House x={1440} y={158} size={1.15} />
        <House x={1528} y={146} size={1.3} />
        <Banyan x={1050} y={238} size={0.62} />
        <Banyan x={1316} y={200} size={0.55} />
        {PIECES.map(([material, from, to]) => (
          <path key={material} className={`pano-road pano-${material}`} d={piece(from, to)} />
        ))}
        <path className="pano-road pano-asphalt" d={ASPHALT} />
        <path className="pano-paint" d={CENTRE} />
        {STAFF.map((line) => (
          <path key={line} className="pano-staff" d={line} />
        ))}
        {NOTES.map((note, index) => (
          <Note key={note.x} note={note} next={NOTES[index + 1]} last={NOTES[index - 1]} />
        ))}
        <House x={1398} y={330} size={1.9} />
        <House x={1548} y={300} size={1.6} />
        <Banyan x={1362} y={344} size={1} />
        <Banyan x={1592} y={322} size={0.9} />
        <path
          className="pano-rice"
          d="M1096 402q3-9 6 0M1108 398q3-9 6 0M1246 412q3-8 6 0M1258 408q3-8 6 0M1172 384q3-8 6 0M1184 381q3-8 6 0"
        />
      </svg>
    </div>
  );
}

type NoteAt = (typeof NOTES)[number];

function Note({ note, next, last }: { note: NoteAt; next: NoteAt | undefined; last: NoteAt | undefined }) {
  const [x, y] = beside(note.x, note.side);
  const stemTop = y - 60;
  const beamTo = note.joined && next ? beside(next.x, next.side) : null;
  return (
    <g className="pano-note">
      <ellipse cx={x} cy={y} rx="11" ry="8" transform={`rotate(-22 ${x} ${y})`} />
      <path d={`M${(x + 9.5).toFixed(1)} ${(y - 3).toFixed(1)}V${stemTop.toFixed(1)}`} />
      {beamTo ? (
        <path
          className="pano-beam"
          d={`M${(x + 8.5).toFixed(1)} ${(stemTop + 4).toFixed(1)}L${(beamTo[0] + 10.5).toFixed(1)} ${(beamTo[1] - 56).toFixed(1)}`}
        />
      ) : (
        last?.joined !== true && (
          <path
            className="pano-tail"
            d={`M${(x + 9.5).toFixed(1)} ${stemTop.toFixed(1)}q3 12 12 20q6 8 2 19`}
          />
        )
      )}
    </g>
  );
}

/** A Lingnan house with its wok-handle gable, seen from the gable end; the origin is the foot of the wall. */
function House({ x, y, size }: { x: number; y: number; size: number }) {
  return (
    <g className="pano-house" transform={`translate(${x} ${y}) scale(${size})`}>
      <path className="pano-side" d="M44 0V-19H88V0z" />
      <path className="pano-tiles" d="M40-18L50-31H83L92-18z" />
      <path className="pano-ribs" d="M53-28L46-20M62-29L58-20M71-29V-20M79-29L84-20" />
      <path className="pano-gable" d="M0 0V-21C4-21 8-22 10-27C14-42 30-42 34-27C36-22 40-21 44-21V0z" />
      <path className="pano-ridge" d="M-2-21C4-21 8-22 10-27C14-42 30-42 34-27C36-22 40-21 46-21" />
      <path className="pano-opening" d="M17 0V-14H27V0zM22-24h.1" />
      <path className="pano-window" d="M54-13h8v7h-8zM70-13h8v7h-8z" />
    </g>
  );
}

/** A banyan: several stems under one wide crown; the origin is the foot of the trunk. */
function Banyan({ x, y, size }: { x: number; y: number; size: number }) {
  return (
    <g className="pano-tree" transform={`translate(${x} ${y}) scale(${size})`}>
      <path
        className="pano-stem"
        d="M-7 0C-4-14-9-24-18-32M7 0C4-16 10-26 22-32M0 0C1-14-1-24 1-38M-13-26V-4M15-26V-4M21-30V-12"
      />
      <path
        className="pano-crown"
        d="M-60-34C-72-48-54-62-44-58C-46-76-20-84-8-74C2-88 32-84 38-68C54-74 70-58 60-44C66-32 48-26 38-31C26-22 8-24 0-31C-10-22-28-23-34-30C-46-24-58-26-60-34z"
      />
      <path className="pano-twig" d="M-44-48q8-8 18-4M-10-60q10-8 22-2M20-46q10-6 22 0M-28-36q8 4 16 0" />
    </g>
  );
}
