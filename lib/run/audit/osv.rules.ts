import { z } from 'zod';
import { compareVersions, type Kind } from './frames.rules';

/**
 * Records of weaknesses in the form of the OSV schema (OpenSSF, 1.7), as osv.dev and GitHub's advisory database give
 * them away whole: for who builds where the registry keeps no list.
 */
const event = z.object({
  introduced: z.string().optional(),
  fixed: z.string().optional(),
  last_affected: z.string().optional(),
});
const affected = z.object({
  package: z.object({ ecosystem: z.string(), name: z.string() }).optional(),
  ranges: z.array(z.object({ type: z.string(), events: z.array(event) })).optional(),
  versions: z.array(z.string()).optional(),
  database_specific: z.object({ last_known_affected_version_range: z.string().optional() }).optional(),
});
const record = z.object({
  id: z.string(),
  modified: z.iso.datetime({ offset: true }),
  withdrawn: z.string().optional(),
  summary: z.string().optional(),
  affected: z.array(affected).optional(),
  database_specific: z.object({ severity: z.string().optional() }).optional(),
});

type Event = z.infer<typeof event>;
type Affected = z.infer<typeof affected>;

/** What a record says of one package of npm. */
export type RecordedWeakness = {
  readonly package: string;
  readonly kind: Extract<Kind, 'critical' | 'high' | 'moderate' | 'low'>;
  readonly what: string;
  readonly isWeak: (version: string) => boolean;
};

/** A record as it was read: when somebody last wrote in it, and the packages of npm it is about. */
export type OsvRecord = { readonly modified: Date; readonly weaknesses: readonly RecordedWeakness[] };

/** One record; null when it is of no known form. A record that was taken back is about no package. */
export const recordFrom = (json: unknown): OsvRecord | null => {
  const read = record.safeParse(json);
  if (!read.success) return null;
  const { id, modified, withdrawn, summary, affected: all = [], database_specific } = read.data;
  const names = new Set(all.flatMap((one) => (one.package?.ecosystem === 'npm' ? [one.package.name] : [])));
  const weaknesses = [...names].map((name) => {
    const parts = all.filter((one) => one.package?.ecosystem === 'npm' && one.package.name === name);
    return {
      package: name,
      kind: kindOf(database_specific?.severity),
      what: `${id} ${summary ?? ''}`.trim(),
      isWeak: (version: string) => parts.some((part) => isAffected(part, version)),
    };
  });
  return { modified: new Date(modified), weaknesses: withdrawn === undefined ? weaknesses : [] };
};

/** A kind nobody knows is taken for the worst; so is a package made to do harm, whose records name none. */
const kindOf = (severity: string | undefined): RecordedWeakness['kind'] => {
  const said = severity?.toLowerCase();
  return said === 'low' || said === 'moderate' || said === 'high' ? said : 'critical';
};

/** OSV schema, “Evaluation”: a version that is named, or stands between an `introduced` and what ends it. */
const isAffected = (part: Affected, version: string): boolean => {
  if (part.versions?.includes(version) === true) return true;
  const ends = lastKnown(part.database_specific?.last_known_affected_version_range);
  return (part.ranges ?? []).some(
    ({ type, events }) => type !== 'GIT' && isWithin([...events, ...ends], version),
  );
};

const isWithin = (events: readonly Event[], version: string): boolean => {
  let isIn = false;
  const ordered = events
    .flatMap((one) =>
      (['introduced', 'fixed', 'last_affected'] as const).flatMap((what) => {
        const at = one[what];
        return at === undefined ? [] : [{ what, at }];
      }),
    )
    .toSorted((a, b) => compareBounds(a.at, b.at));
  for (const { what, at } of ordered) {
    const order = compareBounds(at, version);
    if (what === 'introduced' && order <= 0) isIn = true;
    if ((what === 'fixed' && order <= 0) || (what === 'last_affected' && order < 0)) isIn = false;
  }
  return isIn;
};

/** "0" stands before every version, those on trial too. */
const compareBounds = (one: string, other: string): number =>
  one === '0' || other === '0' ? Number(other === '0') - Number(one === '0') : compareVersions(one, other);

/** GitHub wrote the end of a range that has no repair beside it, before the schema knew `last_affected`. */
const lastKnown = (range: string | undefined): Event[] => {
  const [, sign, version] = /^(<=?) *(\d\S*)$/.exec(range ?? '') ?? [];
  if (version === undefined) return [];
  return [sign === '<' ? { fixed: version } : { last_affected: version }];
};
