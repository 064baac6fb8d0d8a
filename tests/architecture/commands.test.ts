import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { mayDo, PERMISSIONS, ROLES, type Actor, type Role } from '@/lib/auth/roles.rules';
import { runCommand } from '@/lib/command';
import { refusals } from '@/lib/i18n/messages/refusals';
import { REFUSAL_NAMES } from '@/lib/shared/refusal';
import { allCommands, type FoundCommand } from '../support/commands';

let commands: FoundCommand[];
beforeAll(async () => {
  commands = await allCommands();
});

test('there are acts, each with a name of its own', () => {
  expect(commands.length).toBeGreaterThan(35);
  const names = commands.map((one) => one.command.name);
  expect(new Set(names).size).toBe(names.length);
});

test('every act names a permission of the table and the audit events it can leave', () => {
  for (const { command, exported } of commands) {
    expect(Object.keys(PERMISSIONS), exported).toContain(command.permission);
    expect(command.events.length, exported).toBeGreaterThan(0);
  }
});

test('every audit event an act declares is recorded somewhere in the code of its module', () => {
  // Events are recorded in the act or in a step it shares with others; either way the words stand in lib/.
  const sources = commands.map((one) => readFileSync(one.file, 'utf8')).join('\n');
  const all = new Set(sources.match(/'[a-z_]+'|`[a-z_]*\$\{/g));
  for (const { command, exported } of commands)
    for (const event of command.events)
      expect(
        all.has(`'${event}'`) ||
          [...all].some((text) => text.endsWith('${') && event.startsWith(text.slice(1, -2))),
        `${exported}: ${event}`,
      ).toBe(true);
});

test('every permission is asked for by an act or a page', () => {
  const used = new Set(commands.map((one) => one.command.permission));
  const pages: readonly string[] = ['finance:read'];
  expect(
    Object.keys(PERMISSIONS).filter((name) => !used.has(name as never) && !pages.includes(name)),
  ).toEqual([]);
});

describe('who may do what is exactly the table', () => {
  const person = (roles: Role[], secondFactor: boolean): Actor => ({
    kind: 'person',
    personId: '0',
    roles,
    secondFactor,
  });
  test.each(Object.entries(PERMISSIONS))('%s', (permission, holders: readonly string[]) => {
    for (const role of ROLES) {
      const expected = holders.includes(role) ? 'allowed' : 'not_permitted';
      expect(mayDo(person([role], true), permission as never)).toBe(expected);
      expect(mayDo(person([role], false), permission as never)).toBe(
        expected === 'allowed' ? 'second_factor_required' : 'not_permitted',
      );
    }
    expect(mayDo(person([], true), permission as never)).toBe('not_permitted');
    expect(mayDo({ kind: 'visitor' }, permission as never)).toBe(
      holders.includes('visitor') ? 'allowed' : 'not_signed_in',
    );
  });
});

test('an act is refused for whoever lacks its permission, before its database is asked', async () => {
  // No database is given: reaching for one would throw, a refusal by permission comes first.
  const noDatabase = new Proxy(
    {},
    {
      get: () => {
        throw new Error('the database was asked');
      },
    },
  ) as never;
  for (const { command, exported } of commands) {
    const anyone: Actor = { kind: 'person', personId: '0', roles: [], secondFactor: true };
    const input = new Proxy({}, {});
    const result = await runCommand(
      { ...command, input: { safeParse: () => ({ success: true, data: input }) } as never },
      input,
      anyone,
      {
        key: 'architecture-test',
        db: noDatabase,
      },
    );
    expect(result.ok ? 'done' : result.refusal.name, exported).toBe('not_permitted');
  }
});

test('every refusal has words in three languages', () => {
  for (const lang of ['zh-Hans', 'zh-Hant', 'en'] as const) {
    expect(Object.keys(refusals[lang]).sort()).toEqual([...REFUSAL_NAMES].sort());
    for (const name of REFUSAL_NAMES)
      expect(refusals[lang][name].length, `${lang} ${name}`).toBeGreaterThan(3);
  }
});
