/** An instant as the log writes it: UTC, to the second (RFC 3339). */
export const toSecond = (instant: Date): string => `${instant.toISOString().slice(0, 19)}Z`;
