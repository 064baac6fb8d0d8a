import { publicDb } from '../public-db';
import { publicationVersion } from '../version.queries';
import { giftTotals } from './gift-totals.queries';
import { querySchema, readCursor, writeCursor } from './query.rules';
import { recordNamed, recordPage, type PublicRecord } from './records.queries';
import { RESOURCES, resourceNamed, type Resource } from './resources';

export { publicationVersion, resourceNamed, RESOURCES, type PublicRecord, type Resource };

export type ListAnswer =
  | { readonly ok: true; readonly records: PublicRecord[]; readonly next: string | null }
  | { readonly ok: false; readonly errors: { parameter: string; detail: string }[] };

/** A page of a resource for the parameters of an address, or what is wrong with them. */
export const answerList = async (resource: Resource, parameters: URLSearchParams): Promise<ListAnswer> => {
  const repeated = [...new Set(parameters.keys())].filter((name) => parameters.getAll(name).length > 1);
  if (repeated.length > 0)
    return {
      ok: false,
      errors: repeated.map((parameter) => ({ parameter, detail: 'given more than once' })),
    };
  const parsed = querySchema(resource).safeParse(Object.fromEntries(parameters));
  if (!parsed.success)
    return {
      ok: false,
      errors: parsed.error.issues.flatMap((issue) =>
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((parameter) => ({ parameter, detail: 'unknown parameter' }))
          : [{ parameter: issue.path.join('.'), detail: issue.message }],
      ),
    };
  const { limit, after, ...filters } = parsed.data as { limit: number; after?: string } & Record<
    string,
    string
  >;
  const cursor = after === undefined ? undefined : readCursor(after, resource);
  if (cursor === null)
    return { ok: false, errors: [{ parameter: 'after', detail: 'not the end of a page of this list' }] };
  const given = Object.fromEntries(
    Object.entries(filters as Record<string, string | undefined>).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    ),
  );
  const { records, next } = await recordPage(
    resource,
    { filters: given, limit, ...(cursor && { after: cursor }) },
    publicDb(),
  );
  return { ok: true, records, next: next && writeCursor(next) };
};

export const answerOne = (resource: Resource, id: string): Promise<PublicRecord | null> =>
  recordNamed(resource, id, publicDb());

export const answerGiftTotals = (): Promise<PublicRecord[]> => giftTotals(publicDb());
