import 'server-only';
import { env } from '../env';
import { parseVerifierKey } from './note';
import type { Witness } from './witness.gateway';

/** The witness of the settings (WITNESS_URL, WITNESS_VKEY), or null. */
export const configuredWitness = (): Witness | null => {
  if (env.WITNESS_URL === undefined || env.WITNESS_VKEY === undefined) return null;
  const key = parseVerifierKey(env.WITNESS_VKEY);
  if (!key) throw new Error('WITNESS_VKEY is not a public key of a witness.');
  return { url: env.WITNESS_URL, key };
};
