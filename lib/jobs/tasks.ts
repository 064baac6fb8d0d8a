import { clearOldSignIns, slowOldRecoveryCodes } from '../auth/upkeep';
import { removeAbandonedUploads } from '../evidence/upload.store';
import { foldSummaries } from '../ledger/summary.store';
import { clearOldTries } from '../payments/defence.flow';
import { proveAndRecord } from '../proofs/prove';
import { startSequencer } from '../proof/sequencer';
import { mailSweepTask, sendMailTask } from './mail.tasks';
import { donorKeysTask } from './donor.tasks';
import { donorLettersTask, receiptIssueTask } from './letter.tasks';
import { logHeadMailTask } from './log-head.tasks';
import {
  disputeAnswerTask,
  leftPagesTask,
  payoutReadTask,
  refundSendTask,
  stripeEventTask,
  stripeSweepTask,
} from './payment.tasks';
import { statementImportTask } from './statement.tasks';
import { bringBackAheadJobs, releaseJobsOfTheDead } from './queue';
import type { JobTask, Service } from './task';

/** Everything the worker does. A module adds its kinds of job here, and nowhere else. */
export const TASKS: readonly JobTask[] = [
  sendMailTask,
  mailSweepTask,
  stripeEventTask,
  stripeSweepTask,
  leftPagesTask,
  refundSendTask,
  payoutReadTask,
  disputeAnswerTask,
  statementImportTask,
  logHeadMailTask,
  receiptIssueTask,
  donorLettersTask,
  donorKeysTask,
  {
    name: 'summarise_ledger',
    everySeconds: 60,
    run: async ({ db }) => void (await foldSummaries(db)),
  },
  {
    name: 'prove_state',
    everySeconds: 300,
    run: async ({ db }) => void (await proveAndRecord(db)),
  },
  {
    name: 'clear_old_sign_ins',
    everySeconds: 600,
    run: ({ db }) => clearOldSignIns(db),
  },
  {
    name: 'slow_old_recovery_codes',
    everySeconds: 3_600,
    run: async ({ db }) => void (await slowOldRecoveryCodes(db)),
  },
  {
    name: 'clear_old_tries',
    everySeconds: 3_600,
    run: ({ db }) => clearOldTries(db),
  },
  {
    name: 'remove_abandoned_uploads',
    everySeconds: 3_600,
    run: async ({ db }) => void (await removeAbandonedUploads(db)),
  },
  {
    name: 'release_jobs_of_the_dead',
    everySeconds: 30,
    run: async ({ db }) => void (await releaseJobsOfTheDead(db)),
  },
  {
    name: 'bring_back_ahead_jobs',
    everySeconds: 30,
    run: ({ db }) => bringBackAheadJobs(db),
  },
];

/** The one appender of the public log; a lock in the database lets one worker append at a time. */
export const SERVICES: readonly Service[] = [{ name: 'sequencer', start: startSequencer }];
