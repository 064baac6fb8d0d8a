import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { compareVersions, FRAMES, judge, type Finding } from '@/lib/run/audit/frames.rules';
import { freePort } from '@/lib/run/launch/ports';
import { ago, CONTROL, OLD, openAuditedProject, type AuditedProject } from '../support/audited-project';
import type { FakeRegistry } from '../support/npm-registry';

// `npm run audit` against a registry over HTTP, asked by npm itself.

let project: AuditedProject;
let registry: FakeRegistry;
let audit: AuditedProject['audit'];
beforeAll(async () => {
  project = await openAuditedProject();
  ({ registry, audit } = project);
});
beforeEach(() => project.reset());
afterAll(() => project.close());

/** Where what others bring along is not looked at: npm is started for each package. */
const few = (url = registry.url) => audit(['--direct', '--omit=dev'], url);
const weak = (severity: string, vulnerable_versions: string) => [
  { id: 7, title: 'Tar runs out', severity, vulnerable_versions },
];

// npm is started for each package, so each run is asked for as much as it can show.
describe('the audit', () => {
  test('passes when all was asked and nothing was found: exactly the versions of the lock file', async () => {
    registry.weaknesses = { pave: weak('critical', '<1.1.0') };
    const { code, out, progress } = await audit();
    expect(out).toContain('Nothing is past its time.\n');
    expect(code).toBe(0);
    expect(registry.asked).toEqual([
      { pave: ['1.2.0'], roller: ['0.4.1'], gravel: ['3.1.0'], cone: ['2.0.0'] },
    ]);
    expect(progress).toContain('asked about 4 of 4 packages');
    expect(registry.atOnce).toBeLessThanOrEqual(4);
  });

  test('a weakness is late when its repair has been out for longer than the time of its kind', async () => {
    registry.packages = {
      ...CONTROL,
      pave: { '1.2.0': { at: OLD }, '1.2.1': { at: ago(1.5) }, '1.3.0': { at: ago(1) } },
      roller: { '0.4.1': { at: OLD }, '0.5.0': { at: ago(2.5) } },
      gravel: { '3.1.0': { at: OLD }, '3.1.1': { at: ago(29) } },
      cone: { '2.0.0': { at: OLD }, '2.0.1': { at: ago(90) }, '2.0.2': { at: ago(2.5) } },
    };
    registry.weaknesses = {
      pave: weak('critical', '<1.2.1'),
      roller: weak('high', '<0.5.0'),
      gravel: weak('moderate', '<3.1.1'),
      cone: weak('unheard-of', '<2.0.2'),
    };
    const { code, out } = await audit();
    expect(out).toMatch(/^in time +critical +pave@1\.2\.0 +1\.2\.1 since .* 1 of 2 days +Tar runs out$/m);
    expect(out).toMatch(/^late +high +roller@0\.4\.1 +0\.5\.0 since .* 2 of 2 days/m);
    expect(out).toMatch(/^in time +moderate +gravel@3\.1\.0 +3\.1\.1 since .* 29 of 30 days/m);
    // A kind nobody knows is taken for the worst; a release that is weak as well is no repair.
    expect(out).toMatch(/^late +critical +cone@2\.0\.0 +2\.0\.2 since/m);
    expect(code).toBe(1);
  });

  test('one that nobody has repaired is late at once, for somebody must decide', async () => {
    registry.packages['pave'] = { '1.2.0': { at: OLD }, '1.2.1': { at: ago(1) } };
    registry.weaknesses = { pave: weak('low', '*') };
    const { code, out } = await few();
    expect(out).toMatch(/^late +low +pave@1\.2\.0 +none/m);
    expect(code).toBe(1);
  });

  test('a version its maintainers have withdrawn is late after its time, also one that others bring along', async () => {
    registry.packages['gravel'] = {
      '3.1.0': { at: OLD, deprecated: 'full of holes' },
      '3.1.1': { at: ago(40), deprecated: 'as bad' },
      '3.2.0': { at: ago(31) },
    };
    registry.packages['roller'] = { '0.4.1': { at: OLD, deprecated: 'rusty' }, '0.4.2': { at: ago(20) } };
    registry.packages['cone'] = { '2.0.0': { at: OLD, deprecated: 'fell over' } };
    const { code, out } = await audit();
    expect(out).toMatch(/^late +withdrawn +gravel@3\.1\.0 +3\.2\.0 since .* 31 of 30 days +full of holes$/m);
    expect(out).toMatch(/^in time +withdrawn +roller@0\.4\.1 +0\.4\.2 since .* 20 of 30 days +rusty$/m);
    expect(out).toMatch(/^late +withdrawn +cone@2\.0\.0 +none/m);
    expect(code).toBe(1);
    // Who leaves out what others bring along and what only tests use is told what was asked.
    const fewer = await audit(['--direct', '--omit=dev']);
    expect(fewer.out).toContain('withdrawn it: 2 packages that package.json names');
    expect(fewer.out).not.toMatch(/gravel|cone/);
    expect(fewer.code).toBe(0);
  });

  test('a newer release of the same line is late after its time; another line, one on trial and what others bring are not', async () => {
    registry.packages = {
      ...CONTROL,
      pave: { '1.2.0': { at: OLD }, '2.0.0': { at: ago(300) }, '1.2.1': { at: ago(89) } },
      roller: {
        '0.4.1': { at: OLD },
        '0.5.0': { at: ago(300) },
        '0.4.2-beta.1': { at: ago(200) },
        '0.4.2': { at: ago(91) },
        // A release of yesterday does not start the time anew.
        '0.4.3': { at: ago(1) },
      },
      gravel: { '3.1.0': { at: OLD }, '3.2.0': { at: ago(300) } },
      cone: { '2.0.0': { at: OLD }, '2.1.0-rc.1': { at: ago(300) } },
    };
    const { code, out } = await audit();
    expect(out).toMatch(/^in time +behind +pave@1\.2\.0 +1\.2\.1 since .* 89 of 90 days/m);
    expect(out).toMatch(
      /^late +behind +roller@0\.4\.1 +0\.4\.2 since .* 91 of 90 days +newest of its line: 0\.4\.3$/m,
    );
    expect(out).not.toMatch(/gravel@|cone@/);
    expect(code).toBe(1);
  });

  test('a registry that does not answer for weaknesses is no pass, whatever else was asked', async () => {
    registry.weaknesses = null;
    const { code, out } = await few();
    expect(out).toContain('NOT ASKED: known weaknesses: the registry answers 405.');
    expect(out).toContain(
      'Asked: whether its maintainers have withdrawn it: 2 packages that package.json names.',
    );
    expect(out).toContain('That is no pass.');
    expect(out).not.toContain('Nothing is past its time.\n');
    expect(code).toBe(2);
  });

  test('nor is one that leaves out what maintainers say of their versions', async () => {
    registry.packages['uuid'] = { '3.4.0': { at: OLD } };
    const { code, out } = await few();
    expect(out).toContain(
      'NOT ASKED: whether its maintainers have withdrawn a version: the registry does not say so of uuid@3.4.0',
    );
    expect(out).not.toContain('Asked: whether its maintainers');
    expect(code).toBe(2);
  });

  test('nor is one that knows a package no more; what is late is said all the same', async () => {
    registry.failing = { roller: 500 };
    delete registry.packages['gravel'];
    registry.packages['cone'] = { '2.0.0': { at: OLD, deprecated: 'fell over' } };
    const { code, out } = await audit();
    expect(out).toMatch(/NOT ASKED: 1 packages \(roller\): the registry answers E?500/);
    expect(out).toMatch(/NOT ASKED: 1 packages \(gravel\): the registry answers E404/);
    expect(out).toMatch(/^late +withdrawn +cone/m);
    expect(code).toBe(1);
  });

  test('without network nothing was asked, and no address is told', async () => {
    const { code, out } = await few(`http://127.0.0.1:${await freePort()}/`);
    expect(out).toContain('NOT ASKED: known weaknesses: the registry answers ECONNREFUSED.');
    expect(out).toMatch(/NOT ASKED: 2 packages \(.*\): the registry answers ECONNREFUSED\./);
    expect(out).not.toMatch(/^Asked|127\.0\.0\.1|Nothing is past its time\.\n/m);
    expect(code).toBe(2);
  });
});

test('an excuse holds for one version and one reason, until its day', () => {
  const finding: Finding = { package: 'pave', version: '1.2.0', kind: 'low', what: '', better: null };
  const excuse = {
    package: 'pave',
    version: '1.2.0',
    kind: 'low',
    reason: 'not called',
    until: '2026-12-01',
  } as const;
  const verdict = (over: Partial<Finding>, day: string) =>
    judge([{ ...finding, ...over }], [excuse], new Date(day))[0]?.verdict;
  expect(verdict({}, '2026-12-01T12:00:00Z')).toBe('excused');
  expect(verdict({}, '2026-12-02T00:00:01Z')).toBe('late');
  expect(verdict({ version: '1.2.1' }, '2026-11-01')).toBe('late');
  expect(verdict({ kind: 'high' }, '2026-11-01')).toBe('late');
});

test('versions are in the order of semver', () => {
  const order = [
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.2.0',
    '1.10.0',
    '10.0.0',
  ];
  expect(order.toReversed().toSorted(compareVersions)).toEqual(order);
  expect(compareVersions('1.0.0+a', '1.0.0+b')).toBe(0);
});

test('docs/running.md promises the times that are held to', () => {
  const text = readFileSync('docs/running.md', 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` +\|.*\| +(\d+) +\|$/gm)].map(([, kind, days]) => [
    kind,
    Number(days),
  ]);
  expect(Object.fromEntries(rows)).toEqual(FRAMES);
});
