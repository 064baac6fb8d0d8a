import { PEER_HEADER } from '../auth/client-address.rules';
import { ATTRIBUTION, LICENCE, OPEN_DATA_HEADERS } from '../disclosure/open-data/licence';
import { RESOURCES } from '../disclosure/open-data/resources';
import { env } from '../env';
import { noteRefusal } from './refusal-log';
import { RENDER_HEADER } from './page-for-everyone';
import { takeForNetwork, type PublicBudget } from './public-budget';

/** Parameters there are; the names of others were chosen by who sent them. */
const PARAMETERS: ReadonlySet<string> = new Set([
  ...RESOURCES.flatMap(({ filters }) => Object.keys(filters)),
  ...['limit', 'after', 'format'],
]);

/** A refusal as RFC 9457 wants it; `errors` names each parameter that cannot be used. */
export const problem = (
  status: number,
  kind: string,
  title: string,
  more: { detail?: string; errors?: { parameter: string; detail: string }[] } = {},
  headers: Readonly<Record<string, string>> = {},
): Response => {
  const [wrong] = more.errors ?? [];
  if (wrong)
    noteRefusal({ code: 'parameter_wrong', field: PARAMETERS.has(wrong.parameter) ? wrong.parameter : '*' });
  return Response.json(
    { type: `${env.PUBLIC_URL}/en/data#problem-${kind}`, title, status, ...more },
    {
      status,
      headers: {
        ...OPEN_DATA_HEADERS,
        'cache-control': 'no-store',
        ...headers,
        'content-type': 'application/problem+json',
      },
    },
  );
};

export const notFound = (): Response => problem(404, 'not-found', 'There is no such public record.');

/**
 * Takes one request from the budget of the caller's network and answers with the headers that say what is left, or with
 * the refusal. What the server asks of itself has been paid for by the visitor it asks for (public-pages.ts).
 */
export const withinBudget = async (
  request: Request,
  name: PublicBudget,
): Promise<{ headers: Record<string, string> } | Response> => {
  const { headers } = request;
  if (headers.has(RENDER_HEADER)) return { headers: {} };
  const taken = await takeForNetwork(name, headers.get(PEER_HEADER), headers.get('x-forwarded-for'));
  return taken.ok ? taken : problem(429, 'too-many-requests', 'Too many requests.', {}, taken.headers);
};

/** Headers of data of one version: anyone may keep it and asks again with the ETag. */
export const versionHeaders = (etag: string): Record<string, string> => ({
  ...OPEN_DATA_HEADERS,
  etag,
  'cache-control': 'public, no-cache',
});

/** RFC 9110, section 13.1.2. Encodings of one version count as the same thing here. */
export const isKnown = (request: Request, etag: string): boolean => {
  const given = request.headers.get('if-none-match');
  const bare = (tag: string): string => tag.trim().replace(/^W\//, '');
  return given !== null && given.split(',').some((each) => bare(each) === bare(etag));
};

/** Data with its terms. */
export const withTerms = (data: unknown, version: bigint, more: Record<string, unknown> = {}) => ({
  data,
  ...more,
  version: version.toString(),
  licence: LICENCE.url,
  attribution: ATTRIBUTION,
});
