import { accountingToday } from '@/lib/clock';
import {
  answerGiftTotals,
  answerList,
  answerOne,
  publicationVersion,
  resourceNamed,
  RESOURCES,
  type Resource,
} from '@/lib/disclosure/open-data/api.queries';
import { openApi } from '@/lib/disclosure/open-data/openapi';
import { env } from '@/lib/env';
import {
  isKnown,
  notFound,
  problem,
  versionHeaders,
  withinBudget,
  withTerms,
} from '@/lib/server/open-data-answer';
import { readPathParts } from '@/lib/shared/storable';

type Context = { params: Promise<{ path?: string[] }> };

/**
 * The read-only API; what it answers is described by /api/v1/openapi.json. In production its answers are kept like public
 * pages (lib/server/public-pages.ts), so this is asked once for each version of the data.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const path = readPathParts((await params).path ?? []);
  const budget = await withinBudget(request, 'open_api_per_network');
  if (budget instanceof Response) return budget;
  // Read before the data: an answer may be newer than its ETag says, never older.
  const version = await publicationVersion();
  const headers = { ...versionHeaders(`"v${version}.${accountingToday()}"`), ...budget.headers };
  if (isKnown(request, headers['etag'] ?? '')) return new Response(null, { status: 304, headers });
  if (path === null) return notFound();
  const parameters = new URL(request.url).searchParams;
  const [name, id, more] = path;
  if (more !== undefined) return notFound();
  if (name === undefined) return Response.json(withTerms(index(), version), { headers });
  if (name === 'openapi.json' && id === undefined) return Response.json(openApi(env.PUBLIC_URL), { headers });
  if (name === 'gift-totals' && id === undefined) {
    if (parameters.size > 0)
      return unusable(
        [...parameters.keys()].map((parameter) => ({ parameter, detail: 'unknown parameter' })),
      );
    return Response.json(withTerms(await answerGiftTotals(), version, { next: null }), { headers });
  }
  const resource = resourceNamed(name);
  if (!resource) return notFound();
  if (id !== undefined) {
    const record = await answerOne(resource, id);
    return record ? Response.json(withTerms(record, version), { headers }) : notFound();
  }
  return list(resource, parameters, version, headers);
}

const list = async (
  resource: Resource,
  parameters: URLSearchParams,
  version: bigint,
  headers: Record<string, string>,
): Promise<Response> => {
  const answer = await answerList(resource, parameters);
  if (!answer.ok) return unusable(answer.errors);
  const next = answer.next === null ? null : nextAddress(resource.name, parameters, answer.next);
  const link = [headers['link'], ...(next === null ? [] : [`<${next}>; rel="next"`])].join(', ');
  return Response.json(withTerms(answer.records, version, { next }), { headers: { ...headers, link } });
};

const nextAddress = (name: string, parameters: URLSearchParams, after: string): string => {
  const next = new URLSearchParams(parameters);
  next.set('after', after);
  return `${env.PUBLIC_URL}/api/v1/${name}?${next.toString()}`;
};

const unusable = (errors: { parameter: string; detail: string }[]): Response =>
  problem(400, 'bad-parameter', 'A parameter cannot be used.', { errors });

const index = () => ({
  description: `${env.PUBLIC_URL}/api/v1/openapi.json`,
  documentation: `${env.PUBLIC_URL}/en/data`,
  resources: [...RESOURCES.map(({ name }) => name), 'gift-totals'].map(
    (name) => `${env.PUBLIC_URL}/api/v1/${name}`,
  ),
});

/** Browsers of other sites ask first when they send If-None-Match. */
export function OPTIONS(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': 'If-None-Match',
      'access-control-max-age': '86400',
    },
  });
}
