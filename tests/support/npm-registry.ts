import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** A package as the registry tells it: each version with its day, and the words of who withdrew it. */
export type Published = Record<string, { readonly at: Date; readonly deprecated?: string }>;
export type KnownWeakness = {
  readonly id: number;
  readonly title: string;
  readonly severity: string;
  readonly vulnerable_versions: string;
};

export type FakeRegistry = {
  readonly url: string;
  packages: Record<string, Published>;
  /** By name of the package; null refuses the question with 405, as mirrors do that keep no advisories. */
  weaknesses: Record<string, readonly KnownWeakness[]> | null;
  /** Packages whose page is answered with this status. */
  failing: Record<string, number>;
  /** What advisories were asked for: name and versions. */
  readonly asked: Record<string, readonly string[]>[];
  /** The most questions that were open at once. */
  atOnce: number;
  readonly close: () => Promise<void>;
};

/** A small npm registry over HTTP: pages of packages (GET /name) and the bulk question for advisories. */
export const openNpmRegistry = async (): Promise<FakeRegistry> => {
  const state = {
    packages: {} as FakeRegistry['packages'],
    weaknesses: {} as FakeRegistry['weaknesses'],
    failing: {} as FakeRegistry['failing'],
    asked: [] as FakeRegistry['asked'],
    atOnce: 0,
  };
  let open = 0;
  const server = createServer((request, response) => {
    open += 1;
    state.atOnce = Math.max(state.atOnce, open);
    response.once('close', () => (open -= 1));
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = decodeURIComponent(request.url ?? '').split('?')[0] ?? '';
      if (request.method === 'POST' && path === '/-/npm/v1/security/advisories/bulk') {
        if (state.weaknesses === null) return answer(405, {});
        const body = Buffer.concat(chunks);
        const plain = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
        const asked = JSON.parse(plain.toString()) as Record<string, string[]>;
        state.asked.push(asked);
        const known = Object.entries(state.weaknesses).filter(([name]) => name in asked);
        return answer(200, Object.fromEntries(known.map(([name, all]) => [name, all.map(described)])));
      }
      const name = path.slice(1);
      const status = state.failing[name];
      if (request.method !== 'GET' || status !== undefined) return answer(status ?? 405, {});
      const versions = state.packages[name];
      return versions === undefined ? answer(404, {}) : answer(200, pageOf(name, versions));
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return Object.assign(state, { url, close });
};

const described = (one: KnownWeakness) => ({ ...one, url: `https://advisories.invalid/${one.id}`, cwe: [] });

const pageOf = (name: string, versions: Published) => ({
  name,
  'dist-tags': { latest: Object.keys(versions).at(-1) },
  versions: Object.fromEntries(
    Object.entries(versions).map(([version, { deprecated }]) => [
      version,
      { name, version, dist: {}, ...(deprecated !== undefined && { deprecated }) },
    ]),
  ),
  time: Object.fromEntries(Object.entries(versions).map(([version, { at }]) => [version, at.toISOString()])),
});
