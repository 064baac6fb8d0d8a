import { common } from './common';
import { ui } from './ui';

/** Every area of words. An area is added here once and is then known to `words(lang, area)`. */
export const AREAS = { common, ui };

export type AreaName = keyof typeof AREAS;
