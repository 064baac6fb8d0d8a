import { groupBy } from '../shared/group-by';

/** So many things of one kind wait, the oldest since that day. */
export type Pile<Kind> = { readonly kind: Kind; readonly count: number; readonly oldest: Date };

/** What waits, a pile for each kind, the pile with the oldest thing first. Pure. */
export const pilesOf = <Item, Kind>(
  items: readonly Item[],
  kindOf: (item: Item) => Kind,
  sinceOf: (item: Item) => Date,
): Pile<Kind>[] =>
  [...groupBy(items, kindOf)]
    .map(([kind, own]) => ({
      kind,
      count: own.length,
      oldest: new Date(Math.min(...own.map((item) => sinceOf(item).getTime()))),
    }))
    .sort((a, b) => a.oldest.getTime() - b.oldest.getTime());
