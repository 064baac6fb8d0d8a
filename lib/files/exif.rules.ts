/**
 * When and where a photograph was taken, read from its EXIF block. This stays with the sealed original; the public
 * copy carries neither. A camera's clock and position are claims, not proof. The block comes from strangers: every
 * offset is checked, entries are counted, nothing is followed twice, and whatever is odd is left out.
 */
export type TakenAt = {
  /** The camera's wall clock, 'YYYY-MM-DDTHH:MM:SS'. */
  readonly local: string;
  /** Its distance from UTC when the camera wrote it, '+08:00'; often missing. */
  readonly offset: string | null;
};

export type TakenWhere = {
  /** Degrees × 10⁷, WGS-84, north and east positive. */
  readonly latitudeE7: number;
  readonly longitudeE7: number;
};

export type PhotographFacts = { readonly takenAt: TakenAt | null; readonly takenWhere: TakenWhere | null };

const NOTHING: PhotographFacts = { takenAt: null, takenWhere: null };
const ENTRIES_MAX = 512;

/** Reads an EXIF block, with or without its leading "Exif\0\0". Never throws. */
export const readPhotographFacts = (block: Uint8Array | null): PhotographFacts => {
  if (!block || block.length < 14) return NOTHING;
  const start = block[0] === 0x45 && block[1] === 0x78 && block[4] === 0 && block[5] === 0 ? 6 : 0;
  const tiff = openTiff(block.subarray(start));
  if (!tiff) return NOTHING;
  const main = readDirectory(tiff, tiff.u32(4));
  const exif = readDirectory(tiff, firstNumber(main.get(0x8769)));
  const gps = readDirectory(tiff, firstNumber(main.get(0x8825)));
  return { takenAt: readTakenAt(exif), takenWhere: readTakenWhere(gps) };
};

type Tiff = {
  readonly size: number;
  readonly u8: (at: number) => number;
  readonly u16: (at: number) => number;
  readonly u32: (at: number) => number;
};

const openTiff = (bytes: Uint8Array): Tiff | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = view.getUint16(0);
  if (mark !== 0x4949 && mark !== 0x4d4d) return null;
  const little = mark === 0x4949;
  const read =
    (width: number, get: (at: number) => number) =>
    (at: number): number =>
      at >= 0 && at + width <= bytes.length ? get(at) : 0;
  const tiff: Tiff = {
    size: bytes.length,
    u8: read(1, (at) => view.getUint8(at)),
    u16: read(2, (at) => view.getUint16(at, little)),
    u32: read(4, (at) => view.getUint32(at, little)),
  };
  return tiff.u16(2) === 42 ? tiff : null;
};

/** A value of the few types we need: text, or numbers (a rational as numerator and denominator). */
type Entry = { readonly text: string; readonly numbers: readonly number[] };

const BYTES_OF_TYPE: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1 };

const readDirectory = (tiff: Tiff, at: number | undefined): ReadonlyMap<number, Entry> => {
  const entries = new Map<number, Entry>();
  if (at === undefined || at < 8 || at + 2 > tiff.size) return entries;
  const count = Math.min(tiff.u16(at), ENTRIES_MAX);
  for (let index = 0; index < count; index += 1) {
    const entry = at + 2 + index * 12;
    if (entry + 12 > tiff.size) break;
    const tag = tiff.u16(entry);
    const value = readEntry(tiff, entry);
    if (value && !entries.has(tag)) entries.set(tag, value);
  }
  return entries;
};

const readEntry = (tiff: Tiff, entry: number): Entry | null => {
  const type = tiff.u16(entry + 2);
  const width = BYTES_OF_TYPE[type];
  const count = tiff.u32(entry + 4);
  // No tag read here is longer than a date.
  if (width === undefined || count < 1 || count > 64) return null;
  const data = width * count <= 4 ? entry + 8 : tiff.u32(entry + 8);
  if (data + width * count > tiff.size) return null;
  const each = <T>(read: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => read(index));
  if (type === 2 || type === 7) {
    const codes = each((index) => tiff.u8(data + index));
    const end = codes.indexOf(0);
    return { text: String.fromCharCode(...(end < 0 ? codes : codes.slice(0, end))), numbers: [] };
  }
  if (type === 1) return { text: '', numbers: each((index) => tiff.u8(data + index)) };
  if (type === 3) return { text: '', numbers: each((index) => tiff.u16(data + index * 2)) };
  if (type === 4) return { text: '', numbers: each((index) => tiff.u32(data + index * 4)) };
  return {
    text: '',
    numbers: each((index) => [tiff.u32(data + index * 8), tiff.u32(data + index * 8 + 4)]).flat(),
  };
};

const firstNumber = (entry: Entry | undefined): number | undefined => entry?.numbers[0];

/** DateTimeOriginal, else DateTimeDigitized; a date that is none ("0000:00:00"), or no camera's year, is left out. */
const readTakenAt = (exif: ReadonlyMap<number, Entry>): TakenAt | null => {
  for (const [time, zone] of [
    [0x9003, 0x9011],
    [0x9004, 0x9012],
  ] as const) {
    const shape = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}):(\d{2}):(\d{2})/.exec(exif.get(time)?.text ?? '');
    if (!shape) continue;
    const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] = shape;
    const parsed = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
    const isDate = parsed.toISOString().startsWith(`${year}-${month}-${day}`);
    const isYear = Number(year) >= 1990 && Number(year) < 2100;
    if (!isDate || !isYear || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) continue;
    const offset = /^[+-](?:0\d|1[0-4]):[0-5]\d$/.exec((exif.get(zone)?.text ?? '').trim())?.[0] ?? null;
    return { local: `${year}-${month}-${day}T${hour}:${minute}:${second}`, offset };
  }
  return null;
};

const readTakenWhere = (gps: ReadonlyMap<number, Entry>): TakenWhere | null => {
  const latitudeE7 = degreesE7(gps.get(2), gps.get(1)?.text, 'N', 'S', 90);
  const longitudeE7 = degreesE7(gps.get(4), gps.get(3)?.text, 'E', 'W', 180);
  // A camera without a fix writes 0, 0; no village road lies in the Gulf of Guinea.
  if (latitudeE7 === null || longitudeE7 === null || (latitudeE7 === 0 && longitudeE7 === 0)) return null;
  return { latitudeE7, longitudeE7 };
};

const degreesE7 = (
  entry: Entry | undefined,
  side: string | undefined,
  positive: string,
  negative: string,
  max: number,
): number | null => {
  const [d = 0, dOver = 0, m = 0, mOver = 1, s = 0, sOver = 1] = entry?.numbers ?? [];
  if (!entry || dOver === 0 || (side !== positive && side !== negative)) return null;
  const degrees = d / dOver + (mOver > 0 ? m / mOver / 60 : 0) + (sOver > 0 ? s / sOver / 3600 : 0);
  if (!Number.isFinite(degrees) || degrees > max) return null;
  const e7 = Math.round(degrees * 1e7);
  return side === negative && e7 !== 0 ? -e7 : e7;
};
