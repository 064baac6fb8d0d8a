import {
  leafBytes,
  leavesOf,
  logStatus,
  mainLeafOf,
  newestHead,
  proofFile,
  publicKeys,
  tileBytes,
  type LeafOfThing,
} from '@/lib/proof/log.queries';
import { parseSize } from '@/lib/proof/checkpoint';
import { parseTilePath } from '@/lib/proof/tiles';
import { readPathParts } from '@/lib/shared/storable';

/**
 * The public log as files (c2sp.org/tlog-tiles) and what makes them handy: `/log/checkpoint`, `/log/keys`,
 * `/log/tile/…`, `/log/proof/<thing>[/<event>[/<which>]].tlog-proof`, `/log/leaf/<index>`, `/log/things/<thing>`,
 * `/log/status`. Everything here may be copied, cached and read from any page: it says nothing about anybody.
 */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ path: string[] }> },
): Promise<Response> {
  const parts = readPathParts((await params).path);
  if (parts === null) return notFound();
  // A log that was resumed under a new name has an address of its own, whose tiles may be kept for ever.
  const named = /^epoch-(\d+)$/.exec(parts[0] ?? '')?.[1];
  const head = await newestHead();
  const epoch = head?.epoch ?? 1;
  if (named !== undefined && Number(named) !== epoch) return notFound();
  const path = named === undefined ? parts : parts.slice(1);
  const isForEver = named !== undefined || epoch === 1;

  switch (path[0]) {
    case 'checkpoint':
      return path.length === 1 && head ? text(head.note) : notFound();
    case 'keys':
      return path.length === 1 ? text(`${(await publicKeys()).join('\n')}\n`) : notFound();
    case 'tile':
      return tile(path.join('/'), isForEver);
    case 'proof':
      return proof(path.slice(1).join('/'));
    case 'leaf':
      return leaf(path[1] ?? '');
    case 'things':
      return json({ leaves: await leavesOf(path.slice(1).join('/'), null) });
    case 'status':
      return status();
    default:
      return notFound();
  }
}

const tile = async (path: string, isForEver: boolean): Promise<Response> => {
  const id = parseTilePath(path);
  const bytes = id && (await tileBytes(id));
  if (!bytes) return notFound();
  return answer(bytes, 'application/octet-stream', isForEver ? 'public, max-age=31536000, immutable' : SHORT);
};

/**
 * `G-0095.tlog-proof`, `ML-07/acceptance_signed.tlog-proof`, the second of them `ML-07/acceptance_signed/2.tlog-proof`,
 * `leaf/131.tlog-proof`. Codes may hold a slash.
 */
const proof = async (name: string): Promise<Response> => {
  const asked = /^(.+)\.tlog-proof$/.exec(name)?.[1];
  if (asked === undefined) return notFound();
  const [, thing = asked, event = null, which] = /^(.+)\/([a-z_]+)(?:\/([1-9]\d{0,2}))?$/.exec(asked) ?? [];
  const index = /^leaf\/\d+$/.test(asked)
    ? parseSize(asked.slice('leaf/'.length))
    : (oneOf(await leavesOf(thing, event), which)?.index ?? null);
  const file = index === null ? null : await proofFile(index);
  if (file === null) return notFound();
  const response = text(file);
  const saved = asked.replace(/[^A-Za-z0-9-]+/g, '-');
  response.headers.set('content-disposition', `attachment; filename="${saved}.tlog-proof"`);
  return response;
};

/** Without a number the one that says what the thing is; with one, the n-th such act. */
const oneOf = (leaves: readonly LeafOfThing[], which: string | undefined): LeafOfThing | undefined =>
  which === undefined ? mainLeafOf(leaves) : leaves.filter(({ kind }) => kind === 'act')[Number(which) - 1];

const leaf = async (digits: string): Promise<Response> => {
  const index = parseSize(digits);
  const bytes = index === null ? null : await leafBytes(index);
  return bytes ? answer(bytes, 'application/json', SHORT) : notFound();
};

const status = async (): Promise<Response> => {
  const { head, waiting, waitingMs, delay, halt } = await logStatus();
  return json({
    size: head?.size ?? null,
    root: head?.root.toString('base64') ?? null,
    signedAt: head?.signedAt.toISOString() ?? null,
    witnesses: head?.witnesses ?? 0,
    waiting,
    waitingMs,
    delay,
    halt,
  });
};

const SHORT = 'public, max-age=2';

const answer = (body: Uint8Array | string, type: string, cache: string): Response =>
  new Response(typeof body === 'string' ? body : new Uint8Array(body), {
    headers: {
      'content-type': type,
      'cache-control': cache,
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    },
  });

const text = (body: string): Response => answer(body, 'text/plain; charset=utf-8', SHORT);

const json = (value: unknown): Response =>
  answer(
    JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : part)),
    'application/json',
    SHORT,
  );

const notFound = (): Response =>
  new Response('not found\n', { status: 404, headers: { 'access-control-allow-origin': '*' } });
