import { execFile } from 'node:child_process';
import { root } from '../launch/bootstrap.mjs';

/** What the registry did not answer, in one word or number: its status, or the code of the failure. */
export class NotAnswered extends Error {
  constructor(readonly why: string) {
    super(`the registry did not answer: ${why}`);
  }
}

/** A version as its maintainers left it: `deprecated` are their words when they have withdrawn it. */
export type Release = { readonly version: string; readonly deprecated: string | undefined };

export type Advisory = {
  readonly package: string;
  readonly severity: 'critical' | 'high' | 'moderate' | 'low';
  readonly title: string;
  readonly range: string;
};

const WAIT_MS = 120_000;

/** Asks with npm itself, so that its registry, proxy and sign-in are those of every other call of npm here. */
const npm = (args: readonly string[], folder: string): Promise<unknown> =>
  new Promise((answered, failed) => {
    const script = process.env['npm_execpath'];
    const [file, before] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
    const options = { cwd: folder, timeout: WAIT_MS, maxBuffer: 50_000_000 };
    execFile(file, [...before, ...args, '--json'], options, (error, stdout) => {
      if (error !== null && stdout.trim() === '') {
        failed(new NotAnswered(error.killed === true ? 'no answer in time' : 'npm cannot be run'));
        return;
      }
      try {
        const answer: unknown = stdout.trim() === '' ? null : JSON.parse(stdout);
        const why = refusalIn(answer);
        if (why === null) answered(answer);
        else failed(new NotAnswered(why));
      } catch {
        failed(new NotAnswered('what is no JSON'));
      }
    });
  });

/** npm says why it could not ask as `{ error: { code } }`, and for advisories as `{ statusCode, message }`. */
const refusalIn = (answer: unknown): string | null => {
  if (typeof answer !== 'object' || answer === null) return null;
  const { error, statusCode, message } = answer as {
    error?: { code?: string; summary?: string };
    statusCode?: number;
    message?: string;
  };
  if (typeof statusCode === 'number') return String(statusCode);
  if (error === undefined && typeof message !== 'string') return null;
  return codeIn(`${error?.code ?? ''} ${message ?? ''} ${error?.summary ?? ''}`);
};

/** Of what npm says only the code is told on: the rest holds addresses. */
const codeIn = (words: string): string => {
  const said = words.replaceAll(/https?:\/\/\S+/g, '');
  return /\bE[A-Z]{3,}\w*\b|\bE?[45]\d\d\b/.exec(said)?.[0] ?? 'something unknown';
};

/** Known weaknesses of exactly the versions of the lock file in `folder`. */
export const advisories = async (folder = root, omitDev = false): Promise<Advisory[]> => {
  const answer = (await npm(['audit', ...(omitDev ? ['--omit=dev'] : [])], folder)) as {
    auditReportVersion?: number;
    vulnerabilities?: Record<string, { via: readonly (string | ToldAdvisory)[] }>;
  } | null;
  // Another answer is none: no weakness is what only a report of known form can say.
  if (answer?.auditReportVersion !== 2 || answer.vulnerabilities === undefined)
    throw new NotAnswered('no report of a known form');
  const told = Object.values(answer.vulnerabilities)
    .flatMap(({ via }) => via)
    // A name stands for a package that is weak only by one it needs.
    .filter((one) => typeof one !== 'string');
  return [...new Map(told.map((one) => [`${one.source} ${one.name}`, one])).values()].map((one) => ({
    package: one.name,
    severity: isSeverity(one.severity) ? one.severity : 'critical',
    title: one.title,
    range: one.range,
  }));
};

type ToldAdvisory = {
  readonly source: number;
  readonly name: string;
  readonly title: string;
  readonly severity: string;
  readonly range: string;
};

const isSeverity = (text: string): text is Advisory['severity'] =>
  ['critical', 'high', 'moderate', 'low'].includes(text);

/** The releases of a package within a range, and what became of them. */
export const releases = async (name: string, range: string, folder = root): Promise<Release[]> => {
  const answer = await npm(['view', `${name}@${range}`, 'version', 'deprecated'], folder);
  const all = Array.isArray(answer) ? answer : answer === null ? [] : [answer];
  return all.map((one: string | { version: string; deprecated?: string }) =>
    typeof one === 'string'
      ? { version: one, deprecated: undefined }
      : { version: one.version, deprecated: one.deprecated },
  );
};

/** When each version of a package was published. */
export const publishedAt = async (name: string, folder = root): Promise<Map<string, Date>> => {
  const answer = (await npm(['view', name, 'time'], folder)) as Record<string, string> | null;
  return new Map(Object.entries(answer ?? {}).map(([version, at]) => [version, new Date(at)]));
};
