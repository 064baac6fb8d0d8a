import type { Lang } from '../languages';

export type MessageTree = { readonly [key: string]: string | MessageTree };

/** The same tree of keys in another language: a missing or extra key does not compile. */
export type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };

/** One area's words in the three languages, side by side. */
export type Messages = Readonly<Record<Lang, MessageTree>>;

/** Declares an area; Chinese simplified is the original and the other two must have exactly its keys. */
export const messages = <const T extends MessageTree>(area: {
  readonly 'zh-Hans': T;
  readonly 'zh-Hant': SameKeys<T>;
  readonly en: SameKeys<T>;
}): Readonly<Record<Lang, SameKeys<T>>> => area as Readonly<Record<Lang, SameKeys<T>>>;
