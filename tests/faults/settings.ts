/** `SEED=7 RUNS=50 npm run faults -- database-kills`: what a trial draws from, and how often it does the harm. */
const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

/** `npm test` runs some of the trials with a few runs each, and writes nothing down. */
export const short = process.env['FAULTS'] === 'short';

export const seedOf = (otherwise: number): number => number('SEED', otherwise);
export const runsOf = (otherwise: number): number => number('RUNS', otherwise);
/** How many postings lie in the books before something happens. */
export const sizeOf = (otherwise: number): number => number('SIZE', otherwise);
/** How long a trial lets the harm last. */
export const secondsOf = (otherwise: number): number => number('LASTS', otherwise);
