/** What a request says about where it comes from. Absent headers are null. */
export type RequestSource = {
  readonly method: string;
  readonly path: string;
  readonly origin: string | null;
  readonly fetchSite: string | null;
  readonly host: string | null;
};

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Called by other servers, which have no origin; each proves itself by a signature over the body. */
const SIGNED_BY_SENDER = new Set(['/api/stripe/webhook']);

/**
 * May this request change something? Only when the browser says that one of our own pages sent it.
 *
 * Next compares Origin with Host only when an Origin is there; we also refuse a missing one, `null` (sandboxed
 * frames, redirects across sites) and anything but `same-origin` in Sec-Fetch-Site, including `same-site`: another
 * program on a neighbouring host name is not us. At least one of the two headers must be there, and both must agree.
 */
export const mayChangeState = (source: RequestSource, publicUrl: string): boolean => {
  if (READING.has(source.method.toUpperCase())) return true;
  if (SIGNED_BY_SENDER.has(source.path)) return true;
  return comesFromUs(source, publicUrl);
};

/** The same question for a request already known to change something. */
export const comesFromUs = (
  { origin, fetchSite, host }: Pick<RequestSource, 'origin' | 'fetchSite' | 'host'>,
  publicUrl: string,
): boolean => {
  if (fetchSite !== null && fetchSite !== 'same-origin') return false;
  if (origin === null) return fetchSite === 'same-origin';
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  if (from.protocol !== 'http:' && from.protocol !== 'https:') return false;
  if (from.origin !== origin.toLowerCase()) return false;
  // The name in the address bar may be another one than PUBLIC_URL (localhost, a second name); a page of another
  // site cannot make a browser send our cookies under its own host.
  return from.origin === new URL(publicUrl).origin || (host !== null && from.host === host.toLowerCase());
};
