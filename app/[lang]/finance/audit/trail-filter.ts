import type { TrailFilter } from '@/lib/audit/audit.queries';

export type TrailQuery = Readonly<Record<string, string | string[] | undefined>>;

/** Reads the search form from an address. What cannot be read does not narrow, and is not repeated to the database. */
export const trailFilter = (query: TrailQuery): TrailFilter => {
  const one = (name: string, shape: RegExp): string | undefined => {
    const value = query[name];
    const text = typeof value === 'string' ? value.trim() : '';
    return shape.test(text) ? text : undefined;
  };
  const before = one('before', /^[1-9]\d{0,17}$/);
  return {
    personId: one('person', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    thing: one('thing', /^[\w./:+-]{1,60}$/),
    event: one('event', /^[a-z_]{1,60}$/),
    kind: one('kind', /^[a-z_]{1,60}$/),
    from: one('from', /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/),
    to: one('to', /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/),
    before: before === undefined ? undefined : BigInt(before),
  };
};

/** The same search as an address, from another row on. */
export const trailAddress = (path: string, filter: TrailFilter, before?: bigint): string => {
  const query = new URLSearchParams();
  const { personId: person, thing, event, kind, from, to } = filter;
  for (const [name, value] of Object.entries({ person, thing, event, kind, from, to }))
    if (value !== undefined) query.set(name, value);
  if (before !== undefined) query.set('before', String(before));
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
};
