import 'server-only';
import { join } from 'node:path';
import { env } from '../env';
import type { FileShelves } from './store';
import { openFileShelves } from './store.gateway';

let opened: FileShelves | undefined;

/** The file store of this installation: S3-compatible where S3_ENDPOINT is set, else the data folder. */
export const fileShelves = (): FileShelves =>
  (opened ??= openFileShelves(
    env.S3_ENDPOINT && env.S3_BUCKET && env.S3_ACCESS_KEY_ID && env.S3_SECRET_ACCESS_KEY
      ? {
          kind: 's3',
          endpoint: env.S3_ENDPOINT,
          bucket: env.S3_BUCKET,
          region: env.S3_REGION ?? 'us-east-1',
          accessKeyId: env.S3_ACCESS_KEY_ID,
          secretAccessKey: env.S3_SECRET_ACCESS_KEY,
        }
      : { kind: 'disk', folder: join(env.DATA_DIR, 'files') },
  ));
