import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openNpmRegistry, type FakeRegistry } from './npm-registry';

export const ago = (days: number): Date => new Date(Date.now() - days * 86_400_000);
export const OLD = ago(400);

/** A version that every honest registry knows to be withdrawn. */
export const CONTROL = { uuid: { '3.4.0': { at: OLD, deprecated: 'Please upgrade' } } };

/** A project to ask about: two packages it names, one for tests only, and one they bring along. */
const PACKAGES = { pave: '1.2.0', roller: '0.4.1' };

export type AuditedProject = {
  readonly folder: string;
  readonly registry: FakeRegistry;
  /** The project, and a registry that finds nothing wrong with it. */
  readonly reset: () => void;
  /** `npm run audit` on the project, against the registry over HTTP, asked by npm itself. */
  readonly audit: (
    args?: readonly string[],
    url?: string,
  ) => Promise<{ readonly code: number; readonly out: string; readonly progress: string }>;
  readonly close: () => Promise<void>;
};

export const openAuditedProject = async (): Promise<AuditedProject> => {
  const folder = mkdtempSync(join(tmpdir(), 'shanlu-audit-'));
  const registry = await openNpmRegistry();
  let run = 0;
  return {
    folder,
    registry,
    reset: () => {
      writeProject(folder);
      registry.packages = {
        ...CONTROL,
        pave: { '1.2.0': { at: OLD } },
        roller: { '0.4.1': { at: OLD } },
        gravel: { '3.1.0': { at: OLD } },
        cone: { '2.0.0': { at: OLD } },
      };
      registry.weaknesses = {};
      registry.failing = {};
      registry.asked.length = 0;
      registry.atOnce = 0;
    },
    audit: (args = [], url = registry.url) =>
      new Promise((done) => {
        run += 1;
        execFile(
          process.execPath,
          ['--import', 'tsx', 'lib/run/audit.ts', '--folder', folder, ...args],
          {
            env: {
              PATH: process.env['PATH'],
              HOME: folder,
              NODE_ENV: 'test',
              npm_config_registry: url,
              npm_config_cache: join(folder, `cache-${run}`),
              npm_config_fetch_retries: '0',
              npm_config_update_notifier: 'false',
            },
          },
          (error, out, progress) =>
            done({
              code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1,
              out,
              progress,
            }),
        );
      }),
    close: async () => {
      await registry.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const writeProject = (folder: string): void => {
  const entry = (version: string, more: object = {}) => ({ version, ...more });
  const manifest = { name: 'road', dependencies: PACKAGES, devDependencies: { cone: '2.0.0' } };
  const packages = {
    '': manifest,
    'node_modules/pave': entry('1.2.0', { dependencies: { gravel: '^3.0.0' } }),
    'node_modules/roller': entry('0.4.1'),
    'node_modules/gravel': entry('3.1.0'),
    'node_modules/cone': entry('2.0.0', { dev: true }),
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ name: 'road', lockfileVersion: 3, packages }),
  );
};
