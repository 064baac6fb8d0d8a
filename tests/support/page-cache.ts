import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianTool } from './debian-tool';
import { until } from './until';

/** The addresses of what belongs to one person and is never kept: giving, signing in, one's own pages, the desk. */
const personalAddresses = (): string => {
  const [, addresses] = /location ~ (\S+) \{/.exec(readFileSync('docs/running/nginx.conf', 'utf8')) ?? [];
  if (addresses === undefined) throw new Error('docs/running/nginx.conf sets no addresses apart');
  return addresses;
};

/** As docs/decisions/010 says it is set up. */
const configuration = (
  folder: string,
  port: number,
  apps: readonly number[],
  forPeople: readonly number[],
): string => `
daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
pid ${folder}/nginx.pid;
error_log stderr crit;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f;
  uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  proxy_cache_path ${folder}/cache keys_zone=pages:1m;
  upstream shanlu { ${apps.map((app) => `server 127.0.0.1:${app};`).join(' ')} }
  upstream people { ${forPeople.map((app) => `server 127.0.0.1:${app};`).join(' ')} }
  server {
    listen 127.0.0.1:${port};
    location ~ ${personalAddresses()} {
      proxy_pass http://people;
      proxy_set_header Host $http_host;
    }
    location / {
      proxy_pass http://shanlu;
      proxy_set_header Host $http_host;
      proxy_cache pages;
      proxy_cache_key $request_uri$http_accept_encoding;
      proxy_cache_revalidate on;
      proxy_cache_lock on;
      proxy_cache_bypass $cookie_size$cookie_theme;
      proxy_no_cache $cookie_size$cookie_theme;
      add_header X-Cache $upstream_cache_status;
    }
  }
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
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, apps, forPeople));
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
