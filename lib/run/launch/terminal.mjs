// What the person at the terminal sees. Plain JavaScript, because it is needed before anything is installed.

/** A reason to stop that the person can mend, said in one sentence. Anything else thrown is a bug and keeps its stack. */
export class Stop extends Error {
  /** @param {string} sentence @param {ErrorOptions} [options] */
  constructor(sentence, options) {
    super(sentence, options);
    this.name = 'Stop';
    this.sentence = sentence;
  }
}

/** @param {string} line */
export const say = (line) => {
  process.stdout.write(`${line}\n`);
};

const longStepMs = 10_000;

/**
 * Runs one step and prints one line for it with the time it took. While it lasts, a terminal shows the seconds going by;
 * a log file gets a sign of life every ten seconds. `act` may return a text to add to the line.
 *
 * @template T
 * @param {string} label
 * @param {() => Promise<T> | T} act
 * @param {(result: T) => string} [detail]
 * @returns {Promise<T>}
 */
export const step = async (label, act, detail) => {
  const started = performance.now();
  const live = process.stdout.isTTY;
  const draw = () => {
    if (live) process.stdout.write(`\r  ${label} … ${seconds(started)}`);
    else say(`  ${label} … ${seconds(started)}`);
  };
  if (live) draw();
  const timer = setInterval(draw, live ? 200 : longStepMs);
  try {
    const result = await act();
    const extra = detail?.(result) ?? '';
    clearInterval(timer);
    say(`${live ? '\r\x1b[K' : ''}✓ ${extra === '' ? label : `${label}: ${extra}`} (${seconds(started)})`);
    return result;
  } catch (error) {
    clearInterval(timer);
    say(`${live ? '\r\x1b[K' : ''}✗ ${label} (${seconds(started)})`);
    throw error;
  }
};

/** Time since `started` (of performance.now) in seconds with one decimal. @param {number} started */
export const seconds = (started) => {
  const tenths = Math.round((performance.now() - started) / 100);
  return `${Math.floor(tenths / 10)}.${tenths % 10} s`;
};

/**
 * Prints why we stop: one sentence for what a person can mend, the whole stack for a bug. Ends the process.
 * @param {unknown} error @returns {never}
 */
export const giveUp = (error) => {
  const sentence = sentenceOf(error);
  process.stderr.write(sentence === undefined ? `${stackOf(error)}\n` : `\n${sentence}\n`);
  process.exit(1);
};

/** The one sentence of an error, if it has one. @param {unknown} error @returns {string | undefined} */
export const sentenceOf = (error) => {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('sentence' in error && typeof error.sentence === 'string') return error.sentence;
  if ('code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) return diskFull;
  return undefined;
};

export const diskFull = 'The disk is full: free some space (about 2 GB for a first start) and start again.';

/** @param {unknown} error */
const stackOf = (error) => (error instanceof Error ? (error.stack ?? error.message) : String(error));
