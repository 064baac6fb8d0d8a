import 'server-only';
import { openDiskStore } from './disk-store.gateway';
import { openS3Store, type S3Options } from './s3-store.gateway';
import type { FileShelves, FileStore, Shelf } from './store';

/** Where files are kept. One server keeps them in its data folder; several share an S3-compatible store. */
export type FileStoreOptions =
  | { readonly kind: 'disk'; readonly folder: string }
  | ({ readonly kind: 's3' } & S3Options);

/** Opens both shelves. Nothing is created or asked until the first file is kept. */
export const openFileShelves = (options: FileStoreOptions): FileShelves => {
  const open = (shelf: Shelf): FileStore =>
    options.kind === 'disk' ? openDiskStore(options.folder, shelf) : openS3Store(options, shelf);
  return { sealed: open('sealed'), public: open('public') };
};
