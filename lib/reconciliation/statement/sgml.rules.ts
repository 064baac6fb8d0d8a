import { lineCounter } from './lines.rules';
import { decodeEntities } from './xml.rules';

/**
 * The mark-up of OFX: SGML in version 1, where elements that hold a value need no end tag, and XML in version 2,
 * which some banks announce while still sending SGML. One lenient reader serves both.
 */
export type OfxNode = {
  readonly name: string;
  readonly line: number;
  readonly children: OfxNode[];
  value: string;
};

/** Real files nest nine deep. */
const DEPTH_MAX = 50;

const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<(\/?)([A-Za-z][\w.:-]*)[^<>]*?(\/?)>|([^<]+)|(<)/gu;

/** Values only: what an element of this name holds can never be other elements. */
const neverGroups = (text: string): ((name: string) => boolean) => {
  // In SGML a group always has its end tag, so a name without one anywhere in the file is a value.
  const ended = new Set(
    [...text.matchAll(/<\/([A-Za-z][\w.:-]*)\s*>/gu)].map((match) => (match[1] ?? '').toUpperCase()),
  );
  return (name) => !ended.has(name);
};

/**
 * Reads the elements below and including the first <OFX>. `onGroup` is called for every closed element and may
 * take it out of the tree by returning true. Null when there is no OFX element.
 */
export const parseOfxMarkup = (
  text: string,
  onGroup?: (node: OfxNode, parents: readonly OfxNode[]) => boolean,
  onProgress?: (done: number, total: number) => boolean,
): OfxNode | null | 'cancelled' => {
  const isValueOnly = neverGroups(text);
  const root: OfxNode = { name: '', line: 1, children: [], value: '' };
  const stack: OfxNode[] = [root];
  let tags = 0;
  const lineAt = lineCounter(text);
  const close = (): void => {
    const node = stack.pop();
    const parent = stack.at(-1);
    if (node && parent && !(onGroup?.(node, stack) ?? false)) parent.children.push(node);
  };
  for (const match of text.matchAll(TOKEN)) {
    const [, cdata, slash, rawName, selfClosing, words, stray] = match;
    const top = stack.at(-1) ?? root;
    if (cdata !== undefined) top.value += cdata.trim();
    else if (words !== undefined || stray !== undefined) {
      const value = decodeEntities(words ?? stray ?? '').trim();
      if (value !== '' && stack.length > 1) top.value = top.value === '' ? value : `${top.value} ${value}`;
    } else if (rawName !== undefined) {
      const name = rawName.toUpperCase();
      tags += 1;
      if (tags % 8192 === 0 && onProgress?.(match.index, text.length) === false) return 'cancelled';
      if (slash === '/') {
        const depth = stack.findLastIndex((node) => node.name === name);
        // An end tag nobody opened is ignored; one further down ends everything above it.
        while (depth > 0 && stack.length > depth) close();
        continue;
      }
      // A value without an end tag ends where the next element begins.
      while (
        stack.length > DEPTH_MAX ||
        (stack.length > 1 && ((stack.at(-1)?.value ?? '') !== '' || isValueOnly(stack.at(-1)?.name ?? '')))
      )
        close();
      stack.push({ name, line: lineAt(match.index), children: [], value: '' });
      if (selfClosing === '/') close();
    }
  }
  while (stack.length > 1) close();
  return root.children.find((node) => node.name === 'OFX') ?? null;
};

export const ofxChild = (node: OfxNode | undefined, ...path: string[]): OfxNode | undefined => {
  let at = node;
  for (const name of path) at = at?.children.find((one) => one.name === name);
  return at;
};

export const ofxValue = (node: OfxNode | undefined, ...path: string[]): string | null => {
  const value = ofxChild(node, ...path)?.value ?? '';
  return value === '' ? null : value;
};
