import 'server-only';
import { BUDGETS, takeFromBudget } from '../auth/rate-limit';
import { runCommand } from '../command';
import { takeUpload } from '../files/intake';
import { preparePhotograph } from '../files/photograph.gateway';
import { PICTURE_BYTES_MAX } from '../files/picture.rules';
import { fileShelves } from '../files/shelves';
import { refuse, type Result } from '../shared/result';
import { reportConcern } from './concern.commands';

/**
 * Takes a report from anyone: limited per network, a photograph cleaned of everything but its pixels and kept sealed.
 * Refuses `too_many_reports`, and a picture as `takeUpload` and `preparePhotograph` do.
 */
export const takeReport = async (
  report: Readonly<Record<string, unknown>>,
  picture: Blob | null,
  { key, network }: { readonly key: string; readonly network: string },
): Promise<Result<{ code: string }>> => {
  const taken = await takeFromBudget('concern_per_network', network, BUDGETS.concern_per_network);
  if (!taken.ok) return refuse('too_many_reports', { retryAfterSeconds: taken.retryAfterSeconds });
  let pictureSha256: string | null = null;
  if (picture !== null) {
    const sent = await takeUpload(picture, PICTURE_BYTES_MAX, 'picture');
    if (!sent.ok) return sent;
    const prepared = await preparePhotograph(sent.value);
    if (!prepared.ok) return prepared;
    await fileShelves().sealed.put(prepared.value.publicCopy.bytes);
    pictureSha256 = prepared.value.publicCopy.sha256;
  }
  return runCommand(reportConcern, { ...report, pictureSha256 }, { kind: 'visitor' }, { key });
};
