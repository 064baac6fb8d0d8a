import { lineCounter } from './lines.rules';

/**
 * A small reader for the XML of bank messages. Written here instead of using a library because a day's file of
 * 100,000 entries must be read entry by entry in little memory, every refusal must name its line, and nothing
 * of a bank message needs DTDs: a document type declaration, the root of entity attacks, is refused outright.
 * fast-xml-parser is the oracle in the tests.
 */
export type XmlNode = {
  /** Without its namespace prefix. */
  readonly name: string;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  /** The element's own text, entities resolved, trimmed. */
  text: string;
};

export type XmlProblem = {
  readonly reason: 'xml_not_well_formed' | 'xml_declarations_refused' | 'cancelled';
  readonly line: number;
  readonly excerpt: string;
};

export type XmlEvents = {
  /** Called when an element has been read; returning true drops it from its parent, so memory stays small. */
  readonly onElement?: (node: XmlNode, path: readonly XmlNode[]) => boolean;
  readonly onProgress?: (done: number, total: number) => boolean;
};

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const DEPTH_MAX = 100;

/** Resolves the five named entities and character numbers; anything else stays as it is written. */
export const decodeEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/giu,
        (whole, decimal, hex, name: string | undefined) => {
          if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
          const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
          return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
            ? String.fromCodePoint(code)
            : whole;
        },
      )
    : text;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const ATTRIBUTE = /([^\s=/]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/gu;

const attributesOf = (source: string): Record<string, string> => {
  const attributes: Record<string, string> = {};
  for (const [, name = '', double, single] of source.matchAll(ATTRIBUTE))
    attributes[localName(name)] = decodeEntities(double ?? single ?? '');
  return attributes;
};

/** The end of a tag, seen past quoted attribute values that may contain '>'. */
const tagEnd = (text: string, from: number): number => {
  const plain = text.indexOf('>', from);
  const quote = text.slice(from, plain < 0 ? undefined : plain).search(/["']/u);
  if (plain < 0 || quote < 0) return plain;
  let inside: string | null = null;
  for (let i = from; i < text.length; i += 1) {
    const c = text[i] ?? '';
    if (inside !== null) inside = c === inside ? null : inside;
    else if (c === '"' || c === "'") inside = c;
    else if (c === '>') return i;
  }
  return -1;
};

/** Reads a document into its root element, or says where it is broken. Never throws. */
export const parseXml = (text: string, events: XmlEvents = {}): XmlNode | XmlProblem => {
  const stack: XmlNode[] = [];
  let root: XmlNode | null = null;
  let position = 0;
  let tags = 0;

  const lineAt = lineCounter(text);
  const broken = (offset: number, reason: XmlProblem['reason'] = 'xml_not_well_formed'): XmlProblem => ({
    reason,
    line: lineAt(offset),
    excerpt: text.slice(offset, offset + 100),
  });
  const addText = (raw: string): void => {
    const parent = stack.at(-1);
    const trimmed = raw.trim();
    if (parent && trimmed !== '') parent.text = parent.text === '' ? trimmed : `${parent.text} ${trimmed}`;
  };
  const close = (): void => {
    const node = stack.pop();
    const parent = stack.at(-1);
    if (!node) return;
    const dropped = events.onElement?.(node, stack) ?? false;
    if (parent && !dropped) parent.children.push(node);
  };

  while (position < text.length) {
    const open = text.indexOf('<', position);
    const between = text.slice(position, open < 0 ? text.length : open);
    if (stack.length > 0) addText(decodeEntities(between));
    else if (between.trim() !== '') return broken(position);
    if (open < 0) break;
    if (text.startsWith('<!--', open)) {
      const end = text.indexOf('-->', open + 4);
      if (end < 0) return broken(open);
      position = end + 3;
      continue;
    }
    if (text.startsWith('<![CDATA[', open)) {
      const end = text.indexOf(']]>', open);
      if (end < 0 || stack.length === 0) return broken(open);
      addText(text.slice(open + 9, end));
      position = end + 3;
      continue;
    }
    if (text.startsWith('<?', open)) {
      const end = text.indexOf('?>', open);
      if (end < 0) return broken(open);
      position = end + 2;
      continue;
    }
    if (text.startsWith('<!', open)) return broken(open, 'xml_declarations_refused');
    const end = tagEnd(text, open + 1);
    if (end < 0) return broken(open);
    position = end + 1;
    tags += 1;
    if (tags % 4096 === 0 && events.onProgress?.(open, text.length) === false)
      return broken(open, 'cancelled');
    if (text[open + 1] === '/') {
      const name = localName(text.slice(open + 2, end).trim());
      if (stack.at(-1)?.name !== name) return broken(open);
      close();
      continue;
    }
    const selfClosing = text[end - 1] === '/';
    const source = text.slice(open + 1, selfClosing ? end - 1 : end);
    const nameEnd = source.search(/\s/u);
    const name = localName(nameEnd < 0 ? source : source.slice(0, nameEnd));
    if (
      !/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(name) ||
      (root !== null && stack.length === 0) ||
      stack.length >= DEPTH_MAX
    )
      return broken(open);
    const attributes = nameEnd < 0 ? {} : attributesOf(source.slice(nameEnd));
    const node: XmlNode = { name, line: lineAt(open), attributes, children: [], text: '' };
    root ??= node;
    stack.push(node);
    if (selfClosing) close();
  }
  if (root === null || stack.length > 0) return broken(text.length);
  return root;
};

export const isXmlProblem = (value: XmlNode | XmlProblem): value is XmlProblem => 'reason' in value;

/** The first child of that name, or the one at the end of a path of names. */
export const child = (node: XmlNode | undefined, ...path: string[]): XmlNode | undefined => {
  let at = node;
  for (const name of path) at = at?.children.find((one) => one.name === name);
  return at;
};

export const childrenNamed = (node: XmlNode | undefined, name: string): XmlNode[] =>
  node?.children.filter((one) => one.name === name) ?? [];

/** The text at the end of a path; null when missing or empty. */
export const textAt = (node: XmlNode | undefined, ...path: string[]): string | null => {
  const text = child(node, ...path)?.text ?? '';
  return text === '' ? null : text;
};
