const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The one form in which an e-mail address is kept, compared and written to, or null when it is not exactly one
 * plain address.
 *
 * Full-width letters as typed with a Chinese input method become ordinary ones (NFKC); quotes, commas, comments,
 * spaces, control characters, a second @ and address literals are refused, because mail programs read them
 * differently and a list of recipients can hide in them (CVE-2022-35924). International domains are kept in their
 * ASCII form, so that two domains that look alike stay two.
 */
export const parseAddress = (typed: string): string | null => {
  if (typed.length > 400) return null;
  // Refused before NFKC, which would turn some of them into ordinary spaces.
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(typed)) return null;
  const text = typed.normalize('NFKC').trim();
  const at = text.indexOf('@');
  if (at < 1 || at !== text.lastIndexOf('@')) return null;
  const local = text.slice(0, at);
  const domain = asciiDomain(text.slice(at + 1));
  if (domain === null || local.length > 64 || !LOCAL.test(local)) return null;
  const address = `${local.toLowerCase()}@${domain}`;
  return address.length <= 254 ? address : null;
};

const asciiDomain = (typed: string): string | null => {
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(typed)) return null;
  let host: string;
  try {
    host = new URL(`http://${typed}/`).hostname;
  } catch {
    return null;
  }
  const labels = host.split('.');
  const top = labels.at(-1) ?? '';
  return labels.length >= 2 && labels.every((label) => LABEL.test(label)) && /[a-z]/.test(top) ? host : null;
};
