/**
 * The cookie in which a browser notes which session was left while the server could not be told: the session's id, which
 * opens nothing. Whoever comes with that session and this note is signed out first.
 */
export const LEFT_COOKIE = 'shanlu-left';
