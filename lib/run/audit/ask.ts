import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareVersions, isTrial, type Finding } from './frames.rules';
import { recordsIn } from './records';
import { advisories, NotAnswered, publishedAt, releases, type Release } from './registry';

type LockEntry = {
  readonly version?: string;
  readonly name?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
};
type Lock = { readonly packages: Readonly<Record<string, LockEntry>> };
type Manifest = Readonly<
  Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string> | undefined>
>;

type Installed = { readonly name: string; readonly version: string; readonly direct: boolean };

/** What is asked about, what was found, and what could not be asked, with the reason. */
export type Audit = {
  readonly asked: readonly string[];
  readonly findings: readonly Finding[];
  readonly unasked: readonly string[];
};

export type AuditOptions = {
  readonly folder: string;
  /** Leave out what only tests and builds use. */
  readonly omitDev: boolean;
  /** Ask only about packages that package.json names, and not about those that they bring along. */
  readonly directOnly: boolean;
  /** A folder of OSV records to look for weaknesses in, in place of the registry's list. */
  readonly advisories: string | undefined;
  readonly onProgress: (done: number, all: number, of: 'packages' | 'records') => void;
};

/**
 * A version that was withdrawn in 2020. Mirrors may leave out what maintainers say of their versions; one that does not
 * know this has told us nothing of the others.
 */
const WITHDRAWN = { name: 'uuid', version: '3.4.0' };

/** As many at once as a registry and a small machine bear. */
const AT_ONCE = 4;

/** Asks the registry all that it can say of the packages of the lock file. */
export const audit = async (options: AuditOptions): Promise<Audit> => {
  const all = installedOf(options);
  const known = await (options.advisories === undefined
    ? toldByRegistry(all.every, options)
    : toldByRecords(all.every, options, options.advisories));
  const [asked, findings, unasked] = [[...known.asked], [...known.findings], [...known.unasked]];
  const wanted = options.directOnly ? all.every.filter(({ direct }) => direct) : all.every;
  let done = 0;
  const failures = new Map<string, string[]>();
  await inTurns(wanted, async (one) => {
    try {
      findings.push(...(await standingOf(one, options.folder)));
    } catch (error) {
      const why = whyOf(error);
      failures.set(why, [...(failures.get(why) ?? []), one.name]);
    }
    done += 1;
    options.onProgress(done, wanted.length, 'packages');
  });
  const answered = wanted.length - [...failures.values()].flat().length;
  const tells = await tellsWithdrawn(options.folder);
  if (answered > 0 && tells)
    asked.push(
      `whether its maintainers have withdrawn it: ${answered} packages${options.directOnly ? ' that package.json names' : ''}`,
    );
  if (!tells)
    unasked.push(
      `whether its maintainers have withdrawn a version: the registry does not say so of ${WITHDRAWN.name}@${WITHDRAWN.version}, which is`,
    );
  if (answered > 0)
    asked.push('how long a newer release of the same line is out: packages that package.json names');
  for (const [why, names] of failures)
    unasked.push(
      `${names.length} packages (${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}): the registry answers ${why}`,
    );
  return { asked, findings, unasked };
};

/** Known weaknesses by the list of the registry, which is asked about exactly the versions of the lock file. */
const toldByRegistry = async (every: readonly Installed[], options: AuditOptions): Promise<Audit> => {
  const findings: Finding[] = [];
  try {
    const told = (await advisories(options.folder, options.omitDev)).flatMap((one) =>
      every.filter((is) => is.name === one.package).map(({ name, version }) => ({ ...one, name, version })),
    );
    await inTurns(told, async ({ name, version, severity, title, range }) => {
      const better = await repaired(name, version, options.folder, async () => {
        const weak = new Set((await releases(name, range, options.folder)).map((is) => is.version));
        return (is) => weak.has(is);
      });
      findings.push({ package: name, version, kind: severity, what: title, better });
    });
    return { asked: ['known weaknesses of every version of the lock file'], findings, unasked: [] };
  } catch (error) {
    return { asked: [], findings, unasked: [`known weaknesses: the registry answers ${whyOf(error)}`] };
  }
};

/** Packages under another name, with the version of what they are copies of: records name the first one only. */
const COPIES: Readonly<Record<string, string>> = { '@e965/xlsx': 'xlsx' };
const knownAs = (name: string): string => COPIES[name] ?? name;

/** Known weaknesses by records that were fetched before. */
const toldByRecords = async (
  every: readonly Installed[],
  options: AuditOptions,
  from: string,
): Promise<Audit> => {
  const names = new Set(every.map(({ name }) => knownAs(name)));
  const { weaknesses, count, unanswered } = await recordsIn(from, names, new Date(), (done, of) =>
    options.onProgress(done, of, 'records'),
  );
  const findings: Finding[] = [];
  const told = weaknesses.flatMap((one) =>
    every
      .filter((is) => knownAs(is.name) === one.package && one.isWeak(is.version))
      .map(({ name, version }) => ({ ...one, name, version })),
  );
  await inTurns(told, async ({ name, version, kind, what, isWeak }) => {
    const better = await repaired(name, version, options.folder, async () => isWeak);
    findings.push({ package: name, version, kind, what, better });
  });
  return unanswered === null
    ? {
        asked: [`known weaknesses of every version of the lock file: ${count} records`],
        findings,
        unasked: [],
      }
    : { asked: [], findings, unasked: [`known weaknesses: ${unanswered}`] };
};

const tellsWithdrawn = async (folder: string): Promise<boolean> => {
  try {
    return (await releases(WITHDRAWN.name, WITHDRAWN.version, folder)).some(
      ({ deprecated }) => deprecated !== undefined,
    );
  } catch (error) {
    if (error instanceof NotAnswered) return false;
    throw error;
  }
};

const whyOf = (error: unknown): string => {
  if (error instanceof NotAnswered) return error.why;
  throw error;
};

const installedOf = ({ folder, omitDev }: AuditOptions): { readonly every: readonly Installed[] } => {
  const read = <T>(file: string): T => JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
  const { packages } = read<Lock>('package-lock.json');
  const manifest = read<Manifest>('package.json');
  const named = new Set(
    (['dependencies', 'devDependencies', 'optionalDependencies'] as const).flatMap((part) =>
      Object.keys(manifest[part] ?? {}),
    ),
  );
  const found = new Map<string, Installed>();
  for (const [path, { version, name, dev, link }] of Object.entries(packages)) {
    const folderName = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (path === '' || version === undefined || link === true || (omitDev && dev === true)) continue;
    const direct = path === `node_modules/${folderName}` && named.has(folderName);
    const one = { name: name ?? folderName, version, direct };
    const key = `${one.name}@${version}`;
    found.set(key, { ...one, direct: direct || found.get(key)?.direct === true });
  }
  return { every: [...found.values()] };
};

/** Whether this version is withdrawn, and, where we name the package ourselves, since when there is a newer one. */
const standingOf = async ({ name, version, direct }: Installed, folder: string): Promise<Finding[]> => {
  const line = await releases(name, `^${version}`, folder);
  const withdrawn = line.find((one) => one.version === version)?.deprecated;
  const newer = newerOf(line, version);
  const about = { package: name, version };
  if (withdrawn === undefined && !(direct && newer.length > 0)) return [];
  const better = await firstOf(name, newer, folder);
  return [
    ...(withdrawn === undefined ? [] : [{ ...about, kind: 'withdrawn', what: withdrawn, better } as const]),
    ...(direct && better !== null
      ? [{ ...about, kind: 'behind', what: `newest of its line: ${newer.at(-1)?.version}`, better } as const]
      : []),
  ];
};

/** Releases that are newer and stand, oldest first; a version on trial has successors on trial. */
const newerOf = (line: readonly Release[], version: string): Release[] =>
  line
    .filter((one) => compareVersions(one.version, version) > 0 && one.deprecated === undefined)
    .filter((one) => isTrial(version) || !isTrial(one.version))
    .toSorted((a, b) => compareVersions(a.version, b.version));

const firstOf = async (
  name: string,
  newer: readonly Release[],
  folder: string,
): Promise<Finding['better']> => {
  if (newer.length === 0) return null;
  const times = await publishedAt(name, folder);
  // The line counts from the release that was out first: who waits for every new one would never be late.
  const dated = newer.flatMap(({ version }) => {
    const since = times.get(version);
    return since === undefined ? [] : [{ version, since }];
  });
  return dated.toSorted((a, b) => a.since.getTime() - b.since.getTime())[0] ?? null;
};

/** The first release without this weakness, of any line; what cannot be found out is none, so that the finding stays. */
const repaired = async (
  name: string,
  version: string,
  folder: string,
  weakness: () => Promise<(version: string) => boolean>,
): Promise<Finding['better']> => {
  try {
    const isWeak = await weakness();
    // With the version itself, for npm takes a range without any release for a package that is not there.
    const every = newerOf(await releases(name, `>=${version}`, folder), version);
    const whole = every.filter((one) => !isWeak(one.version));
    return await firstOf(name, whole, folder);
  } catch (error) {
    if (error instanceof NotAnswered) return null;
    throw error;
  }
};

const inTurns = async <T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> => {
  const queue = [...all];
  const hand = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
};
