/** Units of a bill of quantities as they are printed; they are typed without raised figures. */
export const unitText = (unit: string | null): string =>
  (unit ?? '').replace(/^(c?k?m)([23])$/u, (_whole, length: string, power: string) =>
    power === '2' ? `${length}²` : `${length}³`,
  );
