import { randomBytes, scrypt } from 'node:crypto';

/**
 * scrypt as OWASP asks for it (N=2^15, r=8, p=3: the same work as N=2^17, p=1 in a quarter of its memory). A hash takes
 * half a second of one core and 32 MiB.
 */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 48 * 1024 * 1024 } as const;
const SALT_BYTES = 16;

/** Two at once keep half of Node's four threads for files and names; whoever comes when the line is full is sent away. */
const AT_ONCE = 2;
const PLACES = 40;

let placesTaken = 0;
let running = 0;
const line: (() => void)[] = [];

const inTurn = async <T>(act: () => Promise<T>): Promise<T> => {
  if (running < AT_ONCE) running += 1;
  else await new Promise<void>((called) => line.push(called));
  try {
    return await act();
  } finally {
    // Whoever is next takes over this turn.
    const next = line.shift();
    if (next === undefined) running -= 1;
    else next();
  }
};

const hash = (value: Buffer, salt: Buffer): Promise<Buffer> =>
  inTurn(
    () =>
      new Promise((resolve, reject) => {
        scrypt(value, salt, 32, COST, (error, key) => (error ? reject(error) : resolve(key)));
      }),
  );

export type SlowHash = typeof hash;

export const newSalt = (): Buffer => randomBytes(SALT_BYTES);

/**
 * Does work that needs so many slow hashes, or answers null at once when too many are waited for in this process: a
 * flood must not take the machine. The places are taken before the work begins, so that nobody spends a try for nothing.
 * Never inside a transaction.
 */
export const withSlowHash = async <T>(
  places: number,
  work: (hash: SlowHash) => Promise<T>,
): Promise<T | null> => {
  if (placesTaken + places > PLACES) return null;
  placesTaken += places;
  try {
    return await work(hash);
  } finally {
    placesTaken -= places;
  }
};
