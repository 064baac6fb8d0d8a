import type { HostilePicture } from './pictures/bytes';
import { JPEGS } from './pictures/jpegs';
import { METADATA } from './pictures/metadata';
import { PNGS } from './pictures/pngs';
import { WEBPS } from './pictures/webps';
import { OTHERS } from './pictures/others';

/** Every hostile picture that is sent in as a photograph of a road. */
export const HOSTILE_PICTURES: readonly HostilePicture[] = [
  ...JPEGS,
  ...METADATA,
  ...PNGS,
  ...WEBPS,
  ...OTHERS,
];
