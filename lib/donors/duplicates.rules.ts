export type DuplicateReason =
  | 'same_email'
  | 'same_phone'
  | 'same_name'
  | 'same_name_any_order'
  | 'surname'
  | 'names_contradict';

/** What is compared of a giver; null where nothing is known. */
export type GiverTraits = {
  readonly email: string | null;
  /** As typed; only its last digits are compared, so that +86 139… and 139… meet. */
  readonly phone: string | null;
  readonly sameKey: string | null;
  readonly anyOrder: string | null;
  readonly surnames: readonly string[];
};

/** Digits that tell two telephones apart: eight, as long as a number in Hong Kong is. */
export const PHONE_DIGITS = 8;

const phoneKey = (phone: string | null): string | null => {
  const digits = (phone ?? '').replace(/\D/g, '');
  return digits.length < PHONE_DIGITS ? null : digits.slice(-PHONE_DIGITS);
};

const equal = <T>(a: T | null, b: T | null): boolean => a !== null && a === b;

/**
 * Why two records may be one giver, strongest first; none: nothing to suggest. A surname is shared by millions, so it
 * counts only beside another sign; names that cannot be one are said to contradict, because families share telephones.
 */
export const duplicateReasons = (a: GiverTraits, b: GiverTraits): DuplicateReason[] => {
  const reasons: DuplicateReason[] = [];
  if (equal(a.email, b.email)) reasons.push('same_email');
  if (equal(phoneKey(a.phone), phoneKey(b.phone))) reasons.push('same_phone');
  const contact = reasons.length > 0;
  if (equal(a.sameKey, b.sameKey)) reasons.push('same_name');
  else if (equal(a.anyOrder, b.anyOrder)) reasons.push('same_name_any_order');
  else if (contact && a.sameKey !== null && b.sameKey !== null) {
    if (a.surnames.some((surname) => b.surnames.includes(surname))) reasons.push('surname');
    else if (a.surnames.length > 0 && b.surnames.length > 0) reasons.push('names_contradict');
  }
  return reasons;
};
