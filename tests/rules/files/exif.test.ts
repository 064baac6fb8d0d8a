import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPhotographFacts } from '@/lib/files/exif.rules';

type Value = string | [type: 1 | 3 | 4 | 5, numbers: number[]];
type Directory = Readonly<Record<number, Value>>;

/** Writes an EXIF block of the three directories, in either byte order. */
const block = (exif: Directory, gps: Directory, little = true, prefix = true): Uint8Array => {
  const bytes = Buffer.alloc(4096);
  const put16 = (at: number, value: number): unknown =>
    little ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at);
  const put32 = (at: number, value: number): unknown =>
    little ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at);
  bytes.write(little ? 'II' : 'MM', 'latin1');
  put16(2, 42);
  put32(4, 8);
  let free = 1024;
  const directory = (at: number, entries: Directory): void => {
    const tags = Object.entries(entries);
    put16(at, tags.length);
    tags.forEach(([tag, value], index) => {
      const entry = at + 2 + index * 12;
      put16(entry, Number(tag));
      const [type, numbers] =
        typeof value === 'string' ? [2, [...Buffer.from(`${value}\0`, 'latin1')]] : value;
      const width = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 4 }[type] ?? 1;
      put16(entry + 2, type);
      put32(entry + 4, type === 5 ? numbers.length / 2 : numbers.length);
      const small = width * numbers.length <= 4;
      const data = small ? entry + 8 : free;
      if (!small) {
        put32(entry + 8, free);
        free += width * numbers.length + 2;
      }
      numbers.forEach((number, place) => {
        if (width === 1) bytes.writeUInt8(number, data + place);
        else if (width === 2) put16(data + place * 2, number);
        else put32(data + place * 4, number);
      });
    });
  };
  directory(8, { 0x8769: [4, [200]], 0x8825: [4, [500]] });
  directory(200, exif);
  directory(500, gps);
  return Buffer.concat([Buffer.from(prefix ? 'Exif\0\0' : '', 'latin1'), bytes]);
};

const MALING: Directory = {
  1: 'N',
  2: [5, [22, 1, 28, 1, 1234, 100]],
  3: 'E',
  4: [5, [113, 1, 21, 1, 3456, 100]],
};

describe('the facts of a photograph', () => {
  for (const little of [true, false])
    for (const prefix of [true, false])
      it(`are read in ${little ? 'little' : 'big'} endian, ${prefix ? 'with' : 'without'} prefix`, () =>
        expect(
          readPhotographFacts(
            block({ 0x9003: '2024:04:09 16:20:00', 0x9011: '+08:00' }, MALING, little, prefix),
          ),
        ).toEqual({
          takenAt: { local: '2024-04-09T16:20:00', offset: '+08:00' },
          takenWhere: { latitudeE7: 224_700_944, longitudeE7: 1_133_596_000 },
        }));

  it('are the digitised time when the original one is missing, and no offset when none was written', () => {
    expect(readPhotographFacts(block({ 0x9004: '2024:04:09 16:20:00' }, {})).takenAt).toEqual({
      local: '2024-04-09T16:20:00',
      offset: null,
    });
  });

  it.each([
    '0000:00:00 00:00:00',
    '9999:12:31 23:59:59',
    '2024:02:30 10:00:00',
    '2024:13:01 10:00:00',
    '2024:01:01 25:00:00',
    '1970:01:01 00:00:00',
    '    :  :     :  :  ',
    'yesterday',
  ])('leave out a time that is none: %s', (time) =>
    expect(readPhotographFacts(block({ 0x9003: time }, {})).takenAt).toBeNull(),
  );

  it('have south and west as negative degrees', () => {
    const gps = { ...MALING, 1: 'S', 3: 'W' };
    expect(readPhotographFacts(block({}, gps)).takenWhere).toEqual({
      latitudeE7: -224_700_944,
      longitudeE7: -1_133_596_000,
    });
  });

  it.each<[string, Directory]>([
    ['no side', { 2: MALING[2] ?? '', 4: MALING[4] ?? '' }],
    ['a side that is none', { ...MALING, 1: 'X' }],
    ['91 degrees', { ...MALING, 2: [5, [91, 1, 0, 1, 0, 1]] }],
    ['a division by zero', { ...MALING, 2: [5, [22, 0, 0, 0, 0, 0]] }],
    ['nought and nought', { ...MALING, 2: [5, [0, 1, 0, 1, 0, 1]], 4: [5, [0, 1, 0, 1, 0, 1]] }],
    ['text for a number', { ...MALING, 2: 'north' }],
  ])('leave out a place with %s', (_name, gps) =>
    expect(readPhotographFacts(block({}, gps)).takenWhere).toBeNull(),
  );

  it('may be decimal degrees', () => {
    const gps = { ...MALING, 2: [5, [2_247_009, 100_000, 0, 1, 0, 1]] } as Directory;
    expect(readPhotographFacts(block({}, gps)).takenWhere?.latitudeE7).toBe(224_700_900);
  });

  it('are nothing, in no time, for any bytes at all', () => {
    expect(readPhotographFacts(null)).toEqual({ takenAt: null, takenWhere: null });
    const good = block({ 0x9003: '2024:04:09 16:20:00' }, MALING);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 12 }), (changes) => {
        const bytes = Uint8Array.from(good);
        for (const [at, value] of changes) bytes[at] = value;
        const { takenAt, takenWhere } = readPhotographFacts(bytes);
        if (takenAt) expect(takenAt.local).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
        if (takenWhere) expect(Math.abs(takenWhere.latitudeE7)).toBeLessThanOrEqual(900_000_000);
      }),
      { numRuns: 5000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readPhotographFacts(bytes)));
  });

  it('end with a directory that points at itself', () => {
    const bytes = Buffer.from(block({}, {}));
    bytes.writeUInt32LE(8, 6 + 8 + 2 + 8);
    expect(readPhotographFacts(bytes).takenAt).toBeNull();
  });
});
