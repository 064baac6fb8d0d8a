/** Whole millimetres as metres in figures, as they are typed into a form: 62500 → "62.5". */
export const metresTyped = (millimetres: number): string => {
  const rest = String(millimetres % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  const whole = String(Math.floor(millimetres / 1000));
  return rest === '' ? whole : `${whole}.${rest}`;
};
