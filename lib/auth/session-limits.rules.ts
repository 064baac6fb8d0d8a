const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long a session lives, in seconds. Staff: at most 12 hours and not idle for 30 minutes; donors: 30 days. */
export const SESSION_SECONDS = {
  donor: 30 * DAY,
  staff: 12 * HOUR,
  staffIdle: 30 * MINUTE,
} as const;

/** Being seen is noted at most this often, so that reading pages hardly writes. */
export const SEEN_EVERY_SECONDS = MINUTE;

/** A sign-in link and code live ten minutes (OWASP ASVS 5 V6.5.5). */
export const SIGN_IN_SECONDS = 10 * MINUTE;

/** Wrong second factors after which the session ends and signing in begins again. */
export const SECOND_FACTOR_TRIES = 5;
/** Tries of one sign-in code. */
export const SIGN_IN_CODE_TRIES = 5;
