import { runCommand } from '../command';
import { makeNameKeys } from '../donors/merge.commands';
import { newId } from '../shared/id';
import type { JobTask } from './task';

/** Keeps the keys of names up to date, for suggesting duplicates. */
export const donorKeysTask: JobTask = {
  name: 'donor_keys',
  everySeconds: 60,
  run: async ({ db, signal }) => {
    while (!signal.aborted) {
      const key = `donor-keys:${newId()}`;
      const done = await runCommand(makeNameKeys, {}, { kind: 'system', name: 'worker' }, { key, db });
      if (!done.ok) return;
    }
  },
};
