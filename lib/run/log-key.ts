import { createSigningKey, rotateSigningKey, signingKeys } from '../proof/key';

/**
 * `npm run log-key` prints the public keys of the log, making the key of a new log if there is none; a witness has
 * to be told the first of them. `npm run log-key -- rotate` puts a new key in front; until the last line of
 * log/key is removed, old and new sign together.
 */
if (process.argv[2] === 'rotate') rotateSigningKey();
for (const { vkey } of signingKeys() ?? [createSigningKey()]) console.log(vkey);
