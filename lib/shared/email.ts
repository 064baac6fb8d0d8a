/**
 * The shape of an address for mail, as forms in the browser and commands on the server take it: letters, digits and a
 * few signs around single dots (no apostrophe at the end), one @, a domain with at least one dot. Narrower than RFC 5321, which also allows quoted
 * names that hardly any provider hands out.
 */
export const EMAIL_SHAPE =
  /^(?:[a-z0-9_'+-]+\.)*[a-z0-9_'+-]*[a-z0-9_+-]@(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/i;
