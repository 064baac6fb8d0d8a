/**
 * Reads a QR code (ISO/IEC 18004) from the squares it is drawn with: level M, versions 1 to 6, which is what our papers
 * carry. Printed modules are exact, so error correction is not needed; anything odd throws.
 */
export const readQr = (
  squares: readonly { readonly x: number; readonly y: number }[],
  unit: number,
): string => {
  const [left, top] = [Math.min(...squares.map(({ x }) => x)), Math.min(...squares.map(({ y }) => y))];
  const dark = new Set(
    squares.map(({ x, y }) => `${Math.round((x - left) / unit)},${Math.round((y - top) / unit)}`),
  );
  const size = Math.round((Math.max(...squares.map(({ x }) => x)) - left) / unit) + 1;
  const version = (size - 17) / 4;
  const blocks = DATA_WORDS[version];
  if (!blocks) throw new Error(`a code of ${size} modules is not read here`);
  const isDark = (x: number, y: number): boolean => dark.has(`${x},${y}`);
  const { level, mask } = readFormat(isDark);
  if (level !== 0) throw new Error('the code is not of level M');
  const bits: number[] = [];
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1)
      for (const x of [right, right - 1]) {
        const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
        if (!isFixed(x, y, size)) bits.push(Number(isDark(x, y) !== MASKS[mask]?.(x, y)));
      }
  }
  const words = Array.from({ length: Math.floor(bits.length / 8) }, (_, at) =>
    number(bits.slice(at * 8, at * 8 + 8)),
  );
  const [count, length] = blocks;
  const data = Array.from({ length: count }, (_, block) =>
    Array.from({ length }, (_word, at) => words[at * count + block] ?? 0),
  ).flat();
  return readSegments(data.flatMap((word) => Array.from({ length: 8 }, (_, at) => (word >> (7 - at)) & 1)));
};

/** Blocks and data words in each, level M, by version. */
const DATA_WORDS: readonly (readonly [number, number] | undefined)[] = [
  undefined,
  [1, 16],
  [1, 28],
  [1, 44],
  [2, 32],
  [2, 43],
  [4, 27],
];

const number = (bits: readonly number[]): number => bits.reduce((sum, bit) => sum * 2 + bit, 0);

const readFormat = (isDark: (x: number, y: number) => boolean): { level: number; mask: number } => {
  const along = [0, 1, 2, 3, 4, 5, 7, 8].map((x) => Number(isDark(x, 8)));
  const up = [7, 5, 4, 3, 2, 1, 0].map((y) => Number(isDark(8, y)));
  const format = number([...along, ...up]) ^ 0x5412;
  return { level: format >> 13, mask: (format >> 10) & 7 };
};

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Finders with format, timing, and the one alignment pattern of versions 2 to 6. */
const isFixed = (x: number, y: number, size: number): boolean =>
  x === 6 ||
  y === 6 ||
  (x < 9 && (y < 9 || y >= size - 8)) ||
  (x >= size - 8 && y < 9) ||
  (size > 21 && Math.abs(x - (size - 7)) <= 2 && Math.abs(y - (size - 7)) <= 2);

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

const readSegments = (bits: readonly number[]): string => {
  const bytes: number[] = [];
  let at = 0;
  const take = (count: number): number => number(bits.slice(at, (at += count)));
  const say = (text: string): void => void bytes.push(...Buffer.from(text));
  for (let mode = take(4); mode !== 0; mode = at + 4 <= bits.length ? take(4) : 0) {
    if (mode === 4) for (let left = take(8); left > 0; left -= 1) bytes.push(take(8));
    else if (mode === 1)
      for (let left = take(10); left > 0; left -= 3)
        say(String(take([4, 4, 7, 10][Math.min(left, 3)] ?? 0)).padStart(Math.min(left, 3), '0'));
    else if (mode === 2)
      for (let left = take(9); left > 0; left -= 2) {
        const pair = take(left > 1 ? 11 : 6);
        say(
          left > 1
            ? (LETTERS[Math.floor(pair / 45)] ?? '') + (LETTERS[pair % 45] ?? '')
            : (LETTERS[pair] ?? ''),
        );
      }
    else throw new Error(`a segment of mode ${mode} is not read here`);
  }
  return Buffer.from(bytes).toString('utf8');
};
