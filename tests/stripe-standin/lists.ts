import { badParameter, missing } from './errors';
import { integer, text } from './params';

export const pageFields = { limit: integer(1, 100), starting_after: text(), ending_before: text() };
type Asked = {
  readonly limit?: number | undefined;
  readonly starting_after?: string | undefined;
  readonly ending_before?: string | undefined;
};
export type Page<T> = { object: 'list'; data: T[]; has_more: boolean; url: string };

/**
 * One page of a list, newest first as in every list of Stripe. The cursor is an id that must be in the list;
 * `ending_before` gives the page that ends just before it, still newest first.
 */
export const page = <T extends { id: string }>(
  noun: string,
  oldestFirst: readonly T[],
  asked: Asked,
  url: string,
): Page<T> => {
  const items = oldestFirst.toReversed();
  const limit = asked.limit ?? 10;
  if (asked.starting_after !== undefined && asked.ending_before !== undefined)
    throw badParameter(
      'You may only specify one of these parameters: starting_after, ending_before.',
      'ending_before',
    );
  const place = (id: string, param: string): number => {
    const index = items.findIndex((item) => item.id === id);
    if (index < 0) throw missing(noun, id, param, 400);
    return index;
  };
  if (asked.ending_before !== undefined) {
    const end = place(asked.ending_before, 'ending_before');
    const start = Math.max(0, end - limit);
    return { object: 'list', data: items.slice(start, end), has_more: start > 0, url };
  }
  const start = asked.starting_after === undefined ? 0 : place(asked.starting_after, 'starting_after') + 1;
  return {
    object: 'list',
    data: items.slice(start, start + limit),
    has_more: start + limit < items.length,
    url,
  };
};
