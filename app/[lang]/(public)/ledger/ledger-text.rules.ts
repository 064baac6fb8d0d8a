/** Longer words than this are not looked for. */
export const TEXT_MAX = 80;
