import { z } from 'zod';
import { fileShelves } from '../files/shelves';
import { runImport } from '../reconciliation/statement/import.flow';
import type { JobTask } from './task';

const payload = z.object({ import: z.string().min(1) });

/** Reads a bank file that was handed in and stores its lines, all or nothing. */
export const statementImportTask: JobTask = {
  name: 'statement_import',
  run: async ({ db, payload: asked }) => {
    await runImport(payload.parse(asked).import, { db, read: (sha256) => fileShelves().sealed.read(sha256) });
  },
};
