import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianTool } from './debian-tool';
import { until } from './until';

const WRITTEN = 'docs/running/nginx.conf';

/** What differs from a real server: paths and ports, no certificate, and readers who say themselves where they come from. */
const site = (folder: string, port: number, pages: readonly number[], people: readonly number[]): string => {
  const servers = (ports: readonly number[]): string =>
    ports.map((app) => `  server 127.0.0.1:${app};\n`).join('');
  const changes: readonly (readonly [RegExp, string])[] = [
    [/\/var\/cache\/nginx\/shanlu/, `${folder}/cache`],
    [/(upstream pages \{\n)(?:.*# .*\n)*(?: +server .*\n)+/, `$1${servers(pages)}`],
    [/(upstream people \{\n)(?: +server .*\n)+/, `$1${servers(people)}`],
    [/server \{\n +listen 80;[^}]*\}\n/, ''],
    [/ +listen 443 .*\n +listen .*443 .*\n/, `  listen 127.0.0.1:${port};\n`],
    [/(?: +ssl_.*\n)+/, ''],
    [/server_name .*;/, ''],
    [/Host \$host;/, 'Host $http_host;'],
    [/\$proxy_add_x_forwarded_for/, '$http_x_forwarded_for'],
    [/X-Forwarded-Proto https/, 'X-Forwarded-Proto $scheme'],
    [/(add_header X-Request-Id .*;)/, '$1 add_header X-Cache $upstream_cache_status;'],
  ];
  return changes.reduce(
    (text, [was, becomes]) => {
      if (!was.test(text)) throw new Error(`${WRITTEN} has no ${was.source}`);
      return text.replace(was, becomes);
    },
    readFileSync(WRITTEN, 'utf8'),
  );
};

/** The site as `docs/running/nginx.conf` has it, in an nginx that leaves nothing behind. */
const configuration = (folder: string, written: string): string => `
daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
pid ${folder}/nginx.pid;
error_log stderr crit;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f;
  uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  ${written}
}`;

/** Waits until the product behind this address is healthy. */
export const untilHealthy = (url: string, withinMs: number): Promise<void> =>
  until(
    `${url} to be healthy`,
    () =>
      fetch(`${url}/api/health`).then(
        (answer) => answer.ok,
        () => false,
      ),
    withinMs,
  );

/**
 * An nginx of Debian on this port that keeps the public pages of the app processes behind it, and asks those of
 * `forPeople` for what belongs to one person; answers how to end it.
 */
export const startPageCache = async (
  port: number,
  apps: readonly number[],
  forPeople: readonly number[] = apps,
): Promise<() => Promise<void>> => {
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-nginx-'));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, site(folder, port, apps, forPeople)));
  const nginx = await debianTool('nginx');
  const server = spawn(nginx.path, ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    env: { ...process.env, ...nginx.env },
    stdio: 'ignore',
  });
  return async () => {
    server.kill('SIGTERM');
    if (server.exitCode === null) await once(server, 'exit');
    rmSync(folder, { recursive: true, force: true });
  };
};
