/** A number written exactly as its decimal text says; no float holds it on the way. */
export class ExactNumber {
  constructor(readonly text: string) {
    if (!/^-?\d+(?:\.\d+)?$/.test(text)) throw new TypeError(`${JSON.stringify(text)} is no decimal number`);
  }
}

const MARK = '\u0001';

/** JSON text in which every ExactNumber is a number of just these digits. */
export const exactJson = (value: unknown, indent?: number): string =>
  JSON.stringify(
    value,
    (_key, part: unknown) => (part instanceof ExactNumber ? `${MARK}${part.text}${MARK}` : part),
    indent,
  ).replace(/"\\u0001(-?\d+(?:\.\d+)?)\\u0001"/g, '$1');
