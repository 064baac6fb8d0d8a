import { Agent, request } from 'node:http';
import { gunzipSync } from 'node:zlib';

export type RawAnswer = { readonly status: number; readonly location: string; readonly body: string };

const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** Sends a path exactly as it is written, where URL and fetch would tidy it: `//a`, `/a%2fb`, `/A`. */
export const rawRequest = (
  origin: string,
  path: string,
  {
    method = 'GET',
    headers = {},
  }: { readonly method?: string; readonly headers?: Record<string, string> } = {},
): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const sent = request({ hostname, port, path, method, headers, agent, timeout: 30_000 }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const bytes = Buffer.concat(parts);
        const packed = answer.headers['content-encoding'] === 'gzip' && bytes.length > 0;
        resolve({
          status: answer.statusCode ?? 0,
          location: answer.headers.location ?? '',
          body: (packed ? gunzipSync(bytes) : bytes).toString('utf8'),
        });
      });
    });
    sent.on('error', reject);
    sent.on('timeout', () => sent.destroy(new Error(`${method} ${path} was not answered in 30 s`)));
    sent.end();
  });
