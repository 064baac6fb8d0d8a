/** What kind of record the seals of a gift belong to; part of what is committed to (docs/log.md). */
export const SEAL_DOMAIN = 'gift';
