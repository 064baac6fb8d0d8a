/** What is measured on a road. A compressive strength is read in a laboratory and needs its report. */
export const MEASUREMENT_KINDS = [
  'length',
  'width',
  'thickness',
  'core_thickness',
  'compressive_strength',
] as const;
export type MeasurementKind = (typeof MEASUREMENT_KINDS)[number];
export const isMeasurementKind = (text: string): text is MeasurementKind =>
  (MEASUREMENT_KINDS as readonly string[]).includes(text);

/** The unit people write a measurement in: lengths and widths in metres, layers in millimetres, strength in MPa. */
export const unitOf = (kind: MeasurementKind): 'm' | 'mm' | 'MPa' =>
  kind === 'compressive_strength' ? 'MPa' : kind === 'length' || kind === 'width' ? 'm' : 'mm';

/**
 * Thousandths of the written unit as they are stored: micrometres for lengths (1/1000 mm), kilopascals for strength.
 */
export const storedMilli = (kind: MeasurementKind, thousandths: number): bigint =>
  BigInt(thousandths) * (unitOf(kind) === 'm' ? 1000n : 1n);

/** A stored value in its written unit with up to three places: 180500n of thickness → "180.5". */
export const writtenValue = (kind: MeasurementKind, storedValue: bigint): string => {
  const thousandths = unitOf(kind) === 'm' ? storedValue / 1000n : storedValue;
  const rest = (thousandths % 1000n).toString().padStart(3, '0').replace(/0+$/, '');
  const whole = (thousandths / 1000n).toString();
  return rest === '' ? whole : `${whole}.${rest}`;
};
