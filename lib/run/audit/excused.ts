import type { Excuse } from './frames.rules';

/** Packages that stay although their time is over, each with its reason and the day on which it is looked at again. */
export const EXCUSED: readonly Excuse[] = [];
