/** The faults of one machine, in the order of the plan, then what an outside judge looks for, and what shows each that has no line of its own in the table. */
const MATRIX = {
  1: ['Database crash', 'npm run faults -- database-kills'],
  2: ['Database restarted in order', 'npm run faults -- database-restarts'],
  3: ['Connection ended in the middle of an act', 'npm run faults -- backends'],
  4: ['App crash', 'npm run faults -- app-kills'],
  5: ['App asked to end under load', 'npm run faults -- rolling-restart'],
  6: ['Worker dies while sending', 'npm run faults -- worker-kills'],
  7: ['Frozen process', 'npm run faults -- frozen'],
  8: ['Line between app and database cut', 'npm run faults -- cut-line'],
  9: ['Slow line', 'npm run faults -- slow-line'],
  10: ['Provider never answers', 'npm run faults -- provider-silent'],
  11: ['Provider fails one call in three', 'npm run faults -- provider-storm'],
  12: ['Provider keeps a failure under our key', 'npm run faults -- provider-stored'],
  13: ['Webhook delivered many times', 'npm run faults -- webhook-copies'],
  14: ['Webhooks in any order', 'npm run faults -- webhook-orders'],
  15: ['Webhooks lost', 'npm run faults -- webhook-lost'],
  16: ['Webhooks three days late', 'npm run faults -- webhook-late'],
  17: ['Return page against webhook', 'npm run faults -- return-race'],
  18: ['Form sent many times', 'npm run faults -- double-submit'],
  19: ['Many hands at one fund', 'npm run faults -- one-fund'],
  20: ['Refunds, allocations and disputes at random', 'npm run faults -- model'],
  21: ['Maker against checker', 'npm run faults -- checkers'],
  22: ['Deadlock', 'npm run faults -- deadlocks'],
  23: ['Disk full', 'npm run faults -- disk-full'],
  24: ['Bit rot', 'npm run faults -- bit-rot'],
  25: [
    'Insider edit',
    'every `npm test`: tests/db/proof-insider.test.ts, twelve ways × 10, each found and its first bad leaf named by the verifier that shares no code',
  ],
  26: [
    'Split view',
    'every `npm test`: tests/db/proof-restore.test.ts, “a split view”: the witness refuses, keeps both signatures, the log halts',
  ],
  27: [
    'Signing key lost or rotated',
    'every `npm test`: tests/db/proof-sequencer.test.ts (“never makes a second key”, “stays good when the key is rotated”)',
  ],
  28: ['Clock jump', 'npm run faults -- clock-jumps'],
  29: [
    'Day and zone',
    'every `npm test`: tests/rules/shared/time.test.ts, 40 instants × 6 zones against Temporal, each day holding its instants',
  ],
  30: ['Migration under load', 'npm run faults -- migrations'],
  31: ['Old and new version together', 'npm run faults -- old-and-new'],
  32: ['Restore drill', 'npm run faults -- restore-drill'],
  33: ['Too old a backup', 'every `npm test`: tests/db/proof-restore.test.ts, “yesterday’s copy”'],
  34: ['No files, memory or connections left', 'npm run faults -- exhaustion'],
  35: ['Mail server down', 'npm run faults -- mail-down'],
  36: ['Card testing', 'npm run faults -- card-testing'],
  37: ['Public spike while people give', 'npm run faults -- spike'],
  38: [
    'Payout that does not add up',
    'every `npm test`: tests/db/payouts.test.ts, “of 10,000 lines with 200 faults planted: exactly those 200 are found, by name”',
  ],
  39: ['SQL written into what is asked for', 'npm run faults -- sqlmap'],
  40: ['Database’s clock jumps', 'npm run faults -- database-clock'],
  41: ['Virus handed in, scanner away', 'npm run faults -- scanner'],
} as const satisfies Record<number, readonly [fault: string, shownBy: string]>;

export type Row = keyof typeof MATRIX;

export const faultOf = (row: Row): string => MATRIX[row][0];

/** What the reader is told of the rows that the table does not hold. */
export const withoutLine = (held: ReadonlySet<number>): string[] =>
  Object.entries(MATRIX)
    .filter(([row]) => !held.has(Number(row)))
    .map(([row, [fault, shownBy]]) => `- ${row} ${fault}: ${said(shownBy)}.`);

const said = (shownBy: string): string => {
  if (shownBy === '') return 'not run yet';
  return shownBy.startsWith('npm run') ? `not run yet (\`${shownBy}\`)` : shownBy;
};
