import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { PERMISSIONS, ROLES, type Actor } from '@/lib/auth/roles.rules';
import { runCommand } from '@/lib/command';
import { allCommands, type FoundCommand } from '../support/commands';

// docs/roles.md is what people are told: every act, and who may do it. Here each act is tried by everyone, through the
// one write path, and must be open to exactly those the table names.

const SYSTEMS = ['worker', 'stripe', 'sequencer', 'sign-in', 'setup'] as const;
const COLUMNS = [...ROLES, 'giver', 'anyone'] as const;

let commands: FoundCommand[];
let written: ReadonlyMap<string, readonly string[]>;
beforeAll(async () => {
  commands = await allCommands();
  const rows = readFileSync('docs/roles.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  written = new Map(
    rows.map(([, name = '', ...cells]) => [
      name.replaceAll('`', ''),
      [
        ...COLUMNS.filter((_column, index) => cells[index] === '✓'),
        ...(cells[COLUMNS.length] ?? '').split(' ').filter((one) => one !== ''),
      ],
    ]),
  );
});

test('the written table names every act there is, and no other', () => {
  const missing = commands
    .filter((one) => !written.has(one.command.name))
    .map(({ command }) => rowOf(command));
  expect(missing, 'rows to be written into docs/roles.md').toEqual([]);
  const known = new Set(commands.map((one) => one.command.name));
  expect([...written.keys()].filter((name) => !known.has(name))).toEqual([]);
});

/** The row an act needs, to be read and then pasted. */
const rowOf = ({ name, permission }: FoundCommand['command']): string => {
  const holders: readonly string[] = PERMISSIONS[permission];
  const open = holders.includes('visitor');
  const ticks = [...ROLES.map((role) => holders.includes(role)), open || holders.includes('donor'), open];
  const systems = holders.filter((holder) => holder.startsWith('system:'));
  return `| \`${name}\` | ${ticks.map((holds) => (holds ? '✓' : '')).join(' | ')} | ${systems.join(' ')} |`;
};

const person = (roles: (typeof ROLES)[number][], secondFactor = true): Actor => ({
  kind: 'person',
  personId: '0',
  roles,
  secondFactor,
});
const EVERYONE: Readonly<Record<string, Actor>> = {
  ...Object.fromEntries(ROLES.map((role) => [role, person([role])])),
  giver: { kind: 'donor', personId: '0' },
  anyone: { kind: 'visitor' },
  ...Object.fromEntries(SYSTEMS.map((name) => [`system:${name}`, { kind: 'system', name }])),
};

const REACHED = 'the database was asked';
const noDatabase = new Proxy(
  {},
  {
    get: () => {
      throw new Error(REACHED);
    },
  },
) as never;

/** Whether an act comes as far as the database when this actor asks for it. */
const isLetIn = async ({ command }: FoundCommand, actor: Actor): Promise<boolean> => {
  const anything = { safeParse: () => ({ success: true, data: {} }) } as never;
  try {
    const result = await runCommand({ ...command, input: anything }, {}, actor, {
      key: 'roles-test',
      db: noDatabase,
    });
    expect(result.ok).toBe(false);
    return false;
  } catch (error) {
    expect(String(error)).toContain(REACHED);
    return true;
  }
};

test('every act lets in exactly those the table names, and staff only with the second factor', async () => {
  for (const one of commands) {
    const entered: string[] = [];
    for (const [name, actor] of Object.entries(EVERYONE)) if (await isLetIn(one, actor)) entered.push(name);
    // Whatever is open to anyone is open to a giver who has signed in.
    const named = written.get(one.command.name) ?? [];
    expect(entered.sort(), one.command.name).toEqual([...named].sort());
    for (const role of ROLES)
      expect(await isLetIn(one, person([role], false)), `${one.command.name} ${role}`).toBe(false);
  }
});
