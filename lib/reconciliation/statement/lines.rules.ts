/**
 * Line numbers of rising offsets, counted from 1. Each newline is looked for once: a file of one endless line
 * must not be searched to its end for every element.
 */
export const lineCounter = (text: string): ((offset: number) => number) => {
  let line = 1;
  let newline = text.indexOf('\n');
  return (offset) => {
    while (newline >= 0 && newline < offset) {
      line += 1;
      newline = text.indexOf('\n', newline + 1);
    }
    return line;
  };
};
