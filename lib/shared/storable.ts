/**
 * Where the first text stands that a database cannot keep: PostgreSQL knows no NUL, and half of a surrogate pair is no
 * character in UTF-8. Answers its path (`donor.name`), or null when everything can be kept.
 */
export const unstorableAt = (value: unknown, path = ''): string | null => {
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed() ? path : null;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return null;
  for (const [key, part] of Object.entries(value)) {
    const found = unstorableAt(part, path === '' ? key : `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
};

/**
 * The parts of an address after it was taken apart, decoded; null when they are no text that anything of ours could be
 * called: what cannot be decoded, and what a database could not even be asked for.
 */
export const readPathParts = (parts: readonly string[]): string[] | null => {
  try {
    const read = parts.map((part) => decodeURIComponent(part));
    return unstorableAt(read) === null ? read : null;
  } catch {
    return null;
  }
};
