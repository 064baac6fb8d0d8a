import { headers } from 'next/headers';

/** The nonce of this answer's policy; none on a page for everyone, whose policy names its scripts by their hashes. */
export const pageNonce = async (): Promise<string | undefined> =>
  (await headers()).get('x-nonce') ?? undefined;
