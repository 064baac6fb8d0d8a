import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as ask } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What passed through the front: each request's line and headers, and each cookie that was set. */
export type Passed = { readonly requests: string[]; readonly cookies: string[] };

/** A certificate of nobody for localhost; browsers are told not to mind. */
const certificate = (): { key: string; cert: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    const made = spawnSync(
      'openssl',
      `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost -keyout ${key} -out ${cert}`.split(
        ' ',
      ),
      { encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(made.stderr);
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/**
 * What stands before the product at a real site: takes https on this port, asks the server on `app` in clear, and says
 * where the visitor comes from. It writes down what it sees, as the logs of a proxy would.
 */
export const startTlsFront = async (
  port: number,
  app: number,
): Promise<{ readonly passed: Passed; readonly end: () => Promise<void> }> => {
  const passed: Passed = { requests: [], cookies: [] };
  const front = createServer(certificate(), (request, response) => {
    passed.requests.push(
      [`${request.method} ${request.url}`, ...request.rawHeaders.filter((_, n) => n % 2 === 1)].join('\n'),
    );
    const asked = ask(
      {
        host: '127.0.0.1',
        port: app,
        method: request.method,
        path: request.url,
        headers: { ...request.headers, 'x-forwarded-for': '198.51.100.33', 'x-forwarded-proto': 'https' },
      },
      (answer) => {
        passed.cookies.push(...(answer.headers['set-cookie'] ?? []));
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      },
    );
    asked.on('error', () => response.destroy());
    request.pipe(asked);
  });
  front.listen(port, 'localhost');
  await once(front, 'listening');
  return {
    passed,
    end: async () => {
      front.closeAllConnections();
      front.close();
      await once(front, 'close');
    },
  };
};
