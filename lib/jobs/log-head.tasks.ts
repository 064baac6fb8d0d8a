import { runCommand } from '../command';
import { mailLogHead } from '../proof/log-head-mail.commands';
import type { JobTask } from './task';

/** Once a day, whatever the number of workers: the key carries the day. */
export const logHeadMailTask: JobTask = {
  name: 'mail_log_head',
  everySeconds: 3_600,
  run: async ({ db }) => {
    const key = `log-head:${new Date().toISOString().slice(0, 10)}`;
    const sent = await runCommand(mailLogHead, {}, { kind: 'system', name: 'sequencer' }, { key, db });
    if (!sent.ok && sent.refusal.name !== 'not_found')
      throw new Error(`head of the log: ${sent.refusal.name}`);
  },
};
