/** Limits of what a giver may say, in characters as people count them, and of how many people share one gift. */
export const DEDICATION_MAX = 120;
export const MESSAGE_MAX = 300;
export const SHARERS_MAX = 4;
