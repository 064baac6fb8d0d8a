import 'server-only';
import { BUDGETS, takeFromBudget } from '../auth/rate-limit';
import { runCommand } from '../command';
import { preparePhotograph } from '../files/photograph.gateway';
import { fileShelves } from '../files/shelves';
import { refuse, type Result } from '../shared/result';
import { reportConcern } from './concern.commands';

/**
 * Takes a report from anyone: limited per network, a photograph cleaned of everything but its pixels and kept sealed.
 * Refuses `too_many_reports`, and a picture as `preparePhotograph` does.
 */
export const takeReport = async (
  report: Readonly<Record<string, unknown>>,
  picture: Uint8Array | null,
  { key, network }: { readonly key: string; readonly network: string },
): Promise<Result<{ code: string }>> => {
  const taken = await takeFromBudget('concern_per_network', network, BUDGETS.concern_per_network);
  if (!taken.ok) return refuse('too_many_reports', { retryAfterSeconds: taken.retryAfterSeconds });
  let pictureSha256: string | null = null;
  if (picture !== null) {
    const prepared = await preparePhotograph(picture);
    if (!prepared.ok) return prepared;
    await fileShelves().sealed.put(prepared.value.publicCopy.bytes);
    pictureSha256 = prepared.value.publicCopy.sha256;
  }
  return runCommand(reportConcern, { ...report, pictureSha256 }, { kind: 'visitor' }, { key });
};
