import { join } from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';
import { chanceOf } from './scene/chance';
import { drawRoad, milestonePlace } from './scene/roadway';
import { drawLand, drawSurroundings, type Course, type Stage } from './scene/scenery';
import { PICTURE } from './scene/view';

/**
 * Pictures for the demonstration's evidence: a road before, during and after its works, drawn by us and said to be so
 * in the picture itself. They carry a capture time and place like a telephone's photograph, so that they take the
 * same way through checking, sealing and publishing as a real one. The same road and stage always give the same
 * picture, from the same spot.
 */
export type SceneFacts = {
  /** The road's code, ML-07; everything that varies follows from it. */
  readonly code: string;
  readonly name: string;
  readonly stage: Stage;
  /** What the camera's clock would have shown, '2024-04-09T16:20:00', in China. */
  readonly takenAt: string;
  /** Degrees × 10⁷, WGS-84. */
  readonly latitudeE7: number;
  readonly longitudeE7: number;
};

const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  before: '施工前 before',
  during: '施工中 during',
  after: '完工后 after',
};

/** The pictures are smaller than the drawing they are made of: what a page shows, at a third of the work. */
const SIZE = { width: 960, height: 720 } as const;

/** A length of the drawing in pixels of the picture. */
const pixels = (length: number): number => Math.round((length * SIZE.width) / PICTURE.width);

/** Draws the scene as a JPEG of 960 × 720 with EXIF. */
export const illustration = async (facts: SceneFacts): Promise<Uint8Array> => {
  const scene = drawScene(facts);
  const overlays = await Promise.all([
    written('示意图 illustrative', pixels(46)).then((text) => ({
      ...text,
      left: pixels(40),
      top: SIZE.height - pixels(84),
    })),
    written(`${facts.code} ${facts.name} · ${STAGE_WORDS[facts.stage]}`, pixels(30)).then((text) => ({
      ...text,
      left: SIZE.width - pixels(40) - text.width,
      top: SIZE.height - pixels(74),
    })),
    written('示意图', pixels(260), 0.16).then((text) => ({
      ...text,
      left: Math.round((SIZE.width - text.width) / 2),
      top: pixels(90),
    })),
    written(facts.code, pixels(scene.stone.scale * 0.15), 1, '#262C2F').then((text) => ({
      ...text,
      left: Math.round(pixels(scene.stone.x) - text.width / 2),
      top: pixels(scene.stone.y - scene.stone.scale * 0.52),
    })),
  ]);
  const bytes = await sharp(Buffer.from(scene.svg))
    .composite(overlays.map(({ input, left, top }): OverlayOptions => ({ input, left, top })))
    .flatten({ background: '#fff' })
    .jpeg({ quality: 86 })
    .withExif(exifOf(facts))
    .toBuffer();
  return new Uint8Array(bytes);
};

const drawScene = (facts: SceneFacts): { svg: string; stone: ReturnType<typeof milestonePlace> } => {
  const bend = chanceOf(`${facts.code}/course`);
  const sway = bend.between(2.2, 5.5) * bend.pick([-1, 1]);
  const turn = bend.between(22, 40);
  const drift = bend.between(-0.05, 0.05);
  const start = Math.sin(5 / turn) * sway;
  const course: Course = (z) => Math.sin(z / turn) * sway - start + drift * z;
  const side = bend.pick([-1, 1]);
  // The land and what stands on it must not change between the three pictures; only weather and road do.
  const drawn =
    drawLand(chanceOf(`${facts.code}/land`), facts.stage) +
    drawSurroundings(chanceOf(`${facts.code}/things`), course) +
    drawRoad(chanceOf(`${facts.code}/road`), course, facts.stage, side) +
    `<rect x="0" y="${PICTURE.height - 100}" width="${PICTURE.width}" height="100" fill="#14181A" fill-opacity=".72"/>`;
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${SIZE.height}" viewBox="0 0 ${PICTURE.width} ${PICTURE.height}">${drawn}</svg>`,
    stone: milestonePlace(course, side),
  };
};

type Written = { readonly input: Buffer; readonly width: number };

const FONT = 'node_modules/@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf';

const texts = new Map<string, Promise<Written>>();

/** Text as pixels, with our own font: a machine without Chinese fonts would draw boxes. Set once, used again. */
const written = (text: string, size: number, opacity = 1, colour = '#FFFFFF'): Promise<Written> => {
  const key = `${text}/${size}/${opacity}/${colour}`;
  let set = texts.get(key);
  if (!set) {
    set = setText(text, size, opacity, colour);
    texts.set(key, set);
  }
  return set;
};

const setText = async (text: string, size: number, opacity: number, colour: string): Promise<Written> => {
  const { data, info } = await sharp({
    text: {
      text: `<span foreground="${colour}" fgalpha="${Math.max(1, Math.round(opacity * 65_535))}">${escapeMarkup(text)}</span>`,
      font: `Noto Sans SC Bold ${size}`,
      fontfile: join(process.cwd(), FONT),
      rgba: true,
      dpi: 72,
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { input: data, width: info.width };
};

const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const exifOf = ({ takenAt, latitudeE7, longitudeE7 }: SceneFacts): Record<string, Record<string, string>> => {
  const time = takenAt.replaceAll('-', ':').replace('T', ' ');
  const degrees = (e7: number): string => `${Math.abs(e7)}/10000000 0/1 0/1`;
  return {
    IFD0: { Make: 'Shanlu', Model: 'Illustration', DateTime: time },
    IFD2: { DateTimeOriginal: time, DateTimeDigitized: time, OffsetTimeOriginal: '+08:00' },
    IFD3: {
      GPSLatitudeRef: latitudeE7 < 0 ? 'S' : 'N',
      GPSLatitude: degrees(latitudeE7),
      GPSLongitudeRef: longitudeE7 < 0 ? 'W' : 'E',
      GPSLongitude: degrees(longitudeE7),
    },
  };
};
