import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordFrom } from '@/lib/run/audit/osv.rules';
import { ago, CONTROL, OLD, openAuditedProject, type AuditedProject } from '../support/audited-project';

// `npm run audit -- --advisories FOLDER`: weaknesses by records of the OSV schema, where the registry keeps no list.

type Bounds = Record<string, string>;
const record = (name: string, events: readonly Bounds[], more: object = {}, inPackage: object = {}) => ({
  schema_version: '1.7.4',
  id: 'GHSA-aaaa-bbbb-cccc',
  modified: ago(1).toISOString(),
  published: OLD.toISOString(),
  summary: 'Tar runs out',
  affected: [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'ECOSYSTEM', events }], ...inPackage }],
  ...more,
});

describe('a version is weak by a record', () => {
  const isWeak = (json: unknown, version: string) =>
    recordFrom(json)?.weaknesses.some((one) => one.isWeak(version));
  test.each([
    ['from the first on', [{ introduced: '0' }], ['0.0.1-alpha', '0.0.1', '9.9.9'], []],
    [
      'before its repair',
      [{ introduced: '0' }, { fixed: '1.2.0' }],
      ['1.1.9', '1.2.0-rc.1'],
      ['1.2.0', '1.10.0'],
    ],
    [
      'from one to another',
      [{ introduced: '1.2.0' }, { fixed: '1.10.0' }],
      ['1.2.0', '1.9.3'],
      ['1.1.9', '1.2.0-rc.1', '1.10.0'],
    ],
    ['up to the last', [{ introduced: '0' }, { last_affected: '1.2.0' }], ['1.2.0'], ['1.2.1', '1.2.1-0']],
    [
      'in two lines, however they are ordered',
      [{ fixed: '2.3.0' }, { introduced: '2.0.0' }, { fixed: '1.5.0' }, { introduced: '0' }],
      ['1.4.9', '2.0.0', '2.2.9'],
      ['1.5.0', '1.9.9', '2.3.0'],
    ],
  ])('%s', (_, events, weak, well) => {
    for (const version of weak) expect(isWeak(record('pave', events), version), version).toBe(true);
    for (const version of well) expect(isWeak(record('pave', events), version), version).toBe(false);
  });

  test('whether its bounds are of npm (as GitHub writes them) or of semver (as others do)', () => {
    const events = [{ introduced: '0' }, { fixed: '1.2.0' }];
    for (const type of ['ECOSYSTEM', 'SEMVER'])
      expect(isWeak(record('pave', [], {}, { ranges: [{ type, events }] }), '1.1.9'), type).toBe(true);
  });

  test('that it names, and up to the last known one where GitHub wrote that beside the range', () => {
    const named = record('pave', [], {}, { ranges: undefined, versions: ['1.2.0'] });
    expect([isWeak(named, '1.2.0'), isWeak(named, '1.2.1')]).toEqual([true, false]);
    const beside = (last_known_affected_version_range: string) =>
      record('pave', [{ introduced: '0' }], {}, { database_specific: { last_known_affected_version_range } });
    expect([isWeak(beside('<= 1.2.0'), '1.2.0'), isWeak(beside('<= 1.2.0'), '1.2.1')]).toEqual([true, false]);
    expect([isWeak(beside('< 1.2.0'), '1.1.9'), isWeak(beside('< 1.2.0'), '1.2.0')]).toEqual([true, false]);
  });

  test('of no other place, of no commit, and not by a record that was taken back', () => {
    const all = [{ introduced: '0' }];
    const elsewhere = { package: { ecosystem: 'PyPI', name: 'pave' } };
    expect(recordFrom(record('pave', all, {}, elsewhere))?.weaknesses).toEqual([]);
    const commits = {
      ranges: [{ type: 'GIT', repo: 'https://example.invalid', events: [{ introduced: '0' }] }],
    };
    expect(isWeak(record('pave', all, {}, commits), '1.2.0')).toBe(false);
    expect(recordFrom(record('pave', all, { withdrawn: OLD.toISOString() }))?.weaknesses).toEqual([]);
  });

  test.each([null, [], 'x', {}, { id: 'x', modified: 'today' }, record('pave', [], { affected: 'all' })])(
    'and %j is no record',
    (json) => expect(recordFrom(json)).toBeNull(),
  );
});

describe('the audit by records', () => {
  let project: AuditedProject;
  let records: string;
  beforeAll(async () => {
    project = await openAuditedProject();
    records = join(project.folder, 'records');
  });
  beforeEach(() => {
    project.reset();
    // A registry that keeps no list.
    project.registry.weaknesses = null;
    rmSync(records, { recursive: true, force: true });
    mkdirSync(join(records, '2026', '11'), { recursive: true });
  });
  afterAll(() => project.close());

  const keep = (name: string, json: unknown): void =>
    writeFileSync(join(records, '2026', '11', `${name}.json`), JSON.stringify(json));
  const audit = (...more: string[]) => project.audit(['--advisories', records, ...more]);
  const severity = (is: string) => ({ database_specific: { severity: is } });

  test('passes when no version is weak, and says how many records it read', async () => {
    keep('a', record('pave', [{ introduced: '0' }, { fixed: '1.2.0' }], severity('HIGH')));
    keep('b', record('somebody-else', [{ introduced: '0' }]));
    const { code, out, progress } = await audit('--direct', '--omit=dev');
    expect(out).toContain('Asked: known weaknesses of every version of the lock file: 2 records.');
    expect(out).toContain('Nothing is past its time.\n');
    expect(progress).toContain('read 2 of 2 records');
    expect(code).toBe(0);
  });

  test('holds what it finds to the times of its kind, from the day of the first release that is whole', async () => {
    project.registry.packages = {
      ...CONTROL,
      pave: { '1.2.0': { at: OLD }, '1.2.1': { at: ago(1.5) } },
      roller: { '0.4.1': { at: OLD }, '0.4.2': { at: ago(40) }, '0.5.0': { at: ago(2.5) } },
      gravel: { '3.1.0': { at: OLD } },
      cone: { '2.0.0': { at: OLD }, '2.0.1': { at: ago(29) } },
    };
    keep('a', record('pave', [{ introduced: '0' }, { fixed: '1.2.1' }], severity('CRITICAL')));
    keep('b', record('roller', [{ introduced: '0.4.0' }, { fixed: '0.5.0' }], severity('HIGH')));
    keep('c', record('gravel', [{ introduced: '0' }]));
    keep('d', record('cone', [{ introduced: '0' }, { fixed: '2.0.1' }], severity('MODERATE')));
    const { code, out } = await audit();
    expect(out).toMatch(
      /^in time +critical +pave@1\.2\.0 +1\.2\.1 since .* 1 of 2 days +GHSA-aaaa-bbbb-cccc Tar runs out$/m,
    );
    expect(out).toMatch(/^late +high +roller@0\.4\.1 +0\.5\.0 since .* 2 of 2 days/m);
    // What names no severity is taken for the worst, and what has no repair is late at once.
    expect(out).toMatch(/^late +critical +gravel@3\.1\.0 +none/m);
    expect(out).toMatch(/^in time +moderate +cone@2\.0\.0 +2\.0\.1 since .* 29 of 30 days/m);
    expect(code).toBe(1);
  });

  test('records that end before the time in which a package must be replaced are no answer', async () => {
    keep('a', record('pave', [{ introduced: '0' }, { fixed: '1.2.0' }], { modified: ago(3).toISOString() }));
    const { code, out } = await audit('--direct', '--omit=dev');
    const day = ago(3).toISOString().slice(0, 10);
    expect(out).toContain(`NOT ASKED: known weaknesses: the newest of 1 records is of ${day}.`);
    expect(out).toContain('That is no pass.');
    expect(code).toBe(2);
  });

  test('nor is a folder without records, one that is not there, or one with a file that is no record', async () => {
    const [empty, spoiled] = [join(records, 'empty'), join(records, 'spoiled')];
    for (const folder of [empty, spoiled]) mkdirSync(folder);
    writeFileSync(join(spoiled, 'a.json'), JSON.stringify(record('pave', [{ fixed: '1.2.0' }])));
    writeFileSync(join(spoiled, 'b.json'), '{"id":');
    const answers = await Promise.all(
      [empty, join(records, 'missing'), spoiled].map((folder) =>
        project.audit(['--advisories', folder, '--direct', '--omit=dev']),
      ),
    );
    expect(answers.map(({ code }) => code)).toEqual([2, 2, 2]);
    expect(answers[0]?.out).toContain('NOT ASKED: known weaknesses: the folder holds no records.');
    expect(answers[1]?.out).toContain('NOT ASKED: known weaknesses: the folder holds no records.');
    expect(answers[2]?.out).toContain('known weaknesses: 1 of 2 records are of no known form.');
  });
});
