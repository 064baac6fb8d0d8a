type Photograph = { readonly segment: string; readonly taken_on: string };

/** The picture that shows what a payment was for: the newest one of its road when it was paid; null when there is none. */
export const pictureOf = <T extends Photograph>(
  { segment, paid_on: paidOn }: { readonly segment: string; readonly paid_on: string | null },
  photographs: readonly T[],
): T | null => {
  const taken = photographs.filter(
    (one) => one.segment === segment && paidOn !== null && one.taken_on <= paidOn,
  );
  return taken.reduce<T | null>(
    (newest, one) => (newest !== null && newest.taken_on >= one.taken_on ? newest : one),
    null,
  );
};
