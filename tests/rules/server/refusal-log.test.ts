import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { Actor } from '@/lib/auth/roles.rules';
import { runCommand } from '@/lib/command';
import { defineCommand } from '@/lib/context';
import { duringRequest, type Asked } from '@/lib/server/asked';
import {
  codeOfStatus,
  REFUSAL_EVENTS,
  REFUSAL_KINDS,
  type RefusalCode,
} from '@/lib/server/refusal-kinds.rules';
import {
  LINES_PER_DOOR,
  LINES_PER_LEVEL,
  noteRefusal,
  noteRefused,
  noteRefusedInput,
  refusalMetrics,
  writeRefusalsTo,
} from '@/lib/server/refusal-log';
import { refuse } from '@/lib/shared/result';
import { contractData } from '../../support/contract-data';
import { markdownTable } from '../../support/markdown-table';

// What is refused leaves one line that says which door, which field and why, and never what was sent (ASVS 5.0.0, 16.3.3).

type Line = Record<string, unknown>;
let raw: string[] = [];
const lines = (): Line[] => raw.map((line) => JSON.parse(line) as Line);

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  raw = [];
  writeRefusalsTo(
    pino({ base: { part: 'refusals' }, timestamp: false }, { write: (line: string) => void raw.push(line) }),
  );
});
afterEach(() => {
  vi.useRealTimers();
  writeRefusalsTo(pino({ enabled: false }));
});

const clerk: Actor = {
  kind: 'person',
  personId: 'p-of-a-clerk',
  roles: ['clerk', 'inspector'],
  secondFactor: true,
};
const donor: Actor = { kind: 'donor', personId: 'p-of-a-donor' };
const visitor: Actor = { kind: 'visitor' };

const command = defineCommand({
  name: 'gift.try',
  permission: 'concern:report',
  events: ['tried'],
  input: z.strictObject({
    name: z.string().trim().min(2).max(50),
    kind: z.enum(['cash', 'cheque']),
    gift: z.uuid(),
    count: z.number().int().max(9).nullable().optional(),
    parts: z.array(z.object({ amount: z.string().regex(/^\d+$/) })).default([]),
    more: z.record(z.string(), z.string().max(3)).optional(),
    other: z.discriminatedUnion('of', [z.object({ of: z.literal('a'), b: z.string().max(3) })]).optional(),
  }),
  run: () => Promise.reject(new Error('must not run')),
});
const GOOD = { name: 'Ada', kind: 'cash', gift: '0198b7a0-0000-7000-8000-000000000001' };
const tryOut = (input: unknown, actor: Actor = visitor, key = 'key-of-the-form') =>
  runCommand(command, input, actor, { key });

const lineOf = (over: Line): Line => ({
  level: 30,
  part: 'refusals',
  event: 'input_refused',
  code: 'invalid_input',
  door: 'gift.try',
  field: null,
  request: null,
  who: 'visitor',
  msg: 'refused',
  ...over,
});

describe('an act leaves exactly one line', () => {
  test.each<[string, Line, Line]>([
    ['for a field left empty', { ...GOOD, name: '' }, { field: 'name' }],
    ['for a field that is too long', { ...GOOD, name: 'x'.repeat(99) }, { field: 'name' }],
    ['for a choice nobody has made', { ...GOOD, kind: '' }, { field: 'kind' }],
    [
      'for a choice no control offers',
      { ...GOOD, kind: 'gold' },
      { field: 'kind', code: 'value_not_offered', level: 40 },
    ],
    [
      'for a hidden number that is none',
      { ...GOOD, gift: '1 or 1=1' },
      { field: 'gift', code: 'value_not_offered', level: 40 },
    ],
    ['for a field the form does not have', { ...GOOD, isAdmin: 'yes' }, { code: 'field_unknown', level: 40 }],
    [
      'for a list where a word belongs',
      { ...GOOD, name: ['Ada'] },
      { field: 'name', code: 'shape_wrong', level: 40 },
    ],
    ['for what was read as no number', { ...GOOD, count: Number.NaN }, { field: 'count' }],
    ['for a number typed too large', { ...GOOD, count: 12 }, { field: 'count' }],
    [
      'for a row of a list',
      { ...GOOD, parts: [{ amount: '1' }, { amount: 'x' }] },
      { field: 'parts.1.amount' },
    ],
    ['for a key the sender chose', { ...GOOD, more: { robert: 'long' } }, { field: 'more.*' }],
    ['for one of several shapes', { ...GOOD, other: { of: 'a', b: 'long' } }, { field: 'other.b' }],
    ['for NUL', { ...GOOD, name: 'a\u0000b' }, { field: 'name', code: 'text_unstorable', level: 40 }],
    [
      'for NUL under a key the sender chose',
      { ...GOOD, more: { 'x.y': '\u0000' } },
      { field: 'more.*', code: 'text_unstorable', level: 40 },
    ],
    ['for input that is none', null as unknown as Line, {}],
  ])('%s', async (_, input, said) => {
    expect(await tryOut(input)).toMatchObject({ ok: false, refusal: { name: 'invalid_input' } });
    expect(lines()).toEqual([lineOf(said)]);
  });

  test('for a form without its number', async () => {
    await tryOut(GOOD, visitor, '');
    expect(lines()).toEqual([lineOf({ code: 'key_wrong', field: 'key', level: 40 })]);
  });

  test('and none more where a form or a handler hands the refusal on', async () => {
    const done = await tryOut({ ...GOOD, name: '' });
    if (!done.ok) noteRefused(done.refusal, { door: 'again', actor: visitor });
    expect(lines()).toHaveLength(1);
  });
});

test.each<[string, Actor, string, Line]>([
  [
    'a giver names what is not theirs',
    donor,
    'donation',
    { code: 'not_theirs', event: 'secret_refused', level: 40, who: 'donor' },
  ],
  ['a visitor’s link is none', visitor, 'token', { code: 'not_theirs', event: 'secret_refused', level: 40 }],
  ['a visitor types a road there is not', visitor, 'segment', { code: 'not_found', event: 'rule_refused' }],
  [
    'staff type a code there is not',
    clerk,
    'donation',
    { code: 'not_found', event: 'rule_refused', who: 'clerk+inspector' },
  ],
])('%s', (_, actor, field, said) => {
  const refused = refuse('not_found', {}, field);
  if (!refused.ok) noteRefused(refused.refusal, { door: 'gift.try', actor });
  expect(lines()).toEqual([lineOf({ field, ...said })]);
});

test('within a request the line names its id, its route and in which role somebody asked', () => {
  const asked: Asked = {
    id: 'f00dcafe-0123',
    url: '/en/me/gifts/G-0001?name=Ada',
    who: 'donor',
    noted: false,
  };
  duringRequest(asked, () => noteRefusal({ code: 'not_theirs', field: 'code' }));
  expect(lines()).toEqual([
    {
      level: 40,
      part: 'refusals',
      event: 'secret_refused',
      code: 'not_theirs',
      door: '/[lang]/me/gifts/[code]',
      field: 'code',
      request: 'f00dcafe-0123',
      who: 'donor',
      msg: 'refused',
    },
  ]);
  expect(asked.noted).toBe(true);
});

test('no naughty string is ever in a line, whatever it is: a value, the name of a field, a key, an address', async () => {
  const strings = [
    ...(JSON.parse(readFileSync(contractData('text', 'blns', 'blns.json'), 'utf8')) as string[]),
    ...readFileSync(contractData('text', 'xss', 'xss-payloads-first300.txt'), 'utf8').split('\n'),
    'nothing\u0000after',
    'half\ud800pair',
    '陳大文 +852 5123 4567',
    'someone@example.org',
    '路'.repeat(20_000),
  ].filter((text) => text.trim() !== '');
  const MARK = 'q7x';
  const written = new Set<string>();
  for (const text of strings) {
    const marked = `${MARK}${text}`;
    const asked: Asked = {
      id: 'f00dcafe-0123',
      url: `/${marked}/${marked}?${marked}`,
      who: null,
      noted: false,
    };
    // oxlint-disable-next-line no-await-in-loop -- one at a time, so that each has the lines of its own minute
    await duringRequest(asked, async () => {
      for (const input of [
        { ...GOOD, name: `${marked}${'x'.repeat(60)}` },
        { ...GOOD, kind: marked },
        { ...GOOD, gift: marked },
        { ...GOOD, [marked]: '' },
        { ...GOOD, parts: [{ amount: marked }] },
        { ...GOOD, more: { [marked]: 'long' } },
        { ...GOOD, more: { [marked]: '\u0000' } },
        marked,
      ])
        // oxlint-disable-next-line no-await-in-loop -- see above
        await tryOut(input, donor, `${MARK}-key-${'k'.repeat(300)}`);
      noteRefusedInput(command.input, [{ code: 'custom', path: [marked, marked] }], {});
      noteRefusal({ code: 'http_400', field: `${text} ${marked}` });
    });
    for (const line of raw) {
      expect(line).not.toContain(MARK);
      written.add(Object.keys(JSON.parse(line) as Line).join(' '));
    }
    expect(raw.length).toBeGreaterThanOrEqual(9);
    raw.length = 0;
    vi.advanceTimersByTime(60_000);
    raw.length = 0;
  }
  expect([...written]).toEqual(['level part event code door field request who msg']);
});

describe('a flood', () => {
  test('of ten thousand writes ten lines, and after the minute how many more there were', async () => {
    for (let n = 0; n < 10_000; n += 1)
      noteRefusal({ code: 'value_not_offered', door: 'gift.try', actor: visitor });
    expect(lines()).toHaveLength(LINES_PER_DOOR);
    vi.advanceTimersByTime(60_000);
    expect(lines().slice(LINES_PER_DOOR)).toEqual([
      {
        level: 40,
        part: 'refusals',
        event: 'input_refused',
        door: 'gift.try',
        more: 10_000 - LINES_PER_DOOR,
        msg: 'more refused',
      },
    ]);
    expect(await refusalMetrics()).toContain(
      'shanlu_refusals_total{event="input_refused",code="value_not_offered",level="warn"} 10000',
    );
    // The next minute begins anew, and one without refusals says nothing.
    noteRefusal({ code: 'value_not_offered', door: 'gift.try' });
    vi.advanceTimersByTime(120_000);
    expect(lines()).toHaveLength(LINES_PER_DOOR + 2);
  });

  test('of mistakes at one door hides neither what is worse there nor another door', () => {
    for (let n = 0; n < 1_000; n += 1) noteRefusal({ code: 'invalid_input', door: 'gift.try' });
    noteRefusal({ code: 'value_not_offered', door: 'gift.try' });
    noteRefusal({ code: 'invalid_input', door: 'gift.other' });
    expect(lines().slice(LINES_PER_DOOR)).toMatchObject([
      { code: 'value_not_offered', door: 'gift.try' },
      { code: 'invalid_input', door: 'gift.other' },
    ]);
  });

  test('through every door at once writes at most a hundred lines of a level, and a sum for each door', () => {
    for (let n = 0; n < 10_000; n += 1) noteRefusal({ code: 'invalid_input', door: `door.${n % 50}` });
    expect(lines()).toHaveLength(LINES_PER_LEVEL);
    vi.advanceTimersByTime(60_000);
    const sums = lines().slice(LINES_PER_LEVEL);
    expect(sums).toHaveLength(50);
    expect(sums.reduce((sum, { more }) => sum + Number(more), 0)).toBe(10_000 - LINES_PER_LEVEL);
  });
});

describe('the counter', () => {
  test('counts by event, code and level, and by nothing a sender chooses', async () => {
    await tryOut({ ...GOOD, kind: 'gold' });
    await tryOut({ ...GOOD, kind: 'silver' }, donor);
    await tryOut({ ...GOOD, name: '' });
    await runCommand({ ...command, permission: 'refund:approve' }, GOOD, donor, { key: 'key-of-the-form' });
    const counted = (await refusalMetrics()).split('\n').filter((line) => line.startsWith('shanlu_'));
    expect(counted.toSorted()).toEqual([
      'shanlu_refusals_total{event="input_refused",code="invalid_input",level="info"} 1',
      'shanlu_refusals_total{event="input_refused",code="value_not_offered",level="warn"} 2',
      'shanlu_refusals_total{event="right_refused",code="not_permitted",level="warn"} 1',
    ]);
  });

  test('knows a code for every status that refuses, and none for what is no refusal', () => {
    for (let status = 100; status < 600; status += 1) {
      const code = codeOfStatus(status);
      expect(code === null || Object.hasOwn(REFUSAL_KINDS, code), String(status)).toBe(true);
    }
    expect([200, 303, 304, 401, 404, 429, 500, 503].map(codeOfStatus)).toEqual(Array(8).fill(null));
    expect([400, 403, 405, 418, 501].map(codeOfStatus)).toEqual([
      'http_400',
      'http_403',
      'http_405',
      'http_other',
      'http_501',
    ]);
  });
});

const codes = (Object.keys(REFUSAL_KINDS) as RefusalCode[]).map((code) => ({ code, ...REFUSAL_KINDS[code] }));

/** The codes of an event, the graver level first, together with those that have it for the same reason. */
const listed = (event: string): string => {
  const of = codes
    .filter((one) => one.event === event)
    .toSorted((one, other) => other.level.localeCompare(one.level));
  const reasons = [...new Set(of.map(({ level, why }) => `${level} ${why}`))];
  return reasons
    .map((reason) => {
      const same = of.filter(({ level, why }) => `${level} ${why}` === reason);
      return `- **${same[0]?.level ?? ''}**: ${same[0]?.why ?? ''}\n  ${same.map(({ code }) => `\`${code}\``).join(', ')}`;
    })
    .join('\n');
};

const FIELDS = markdownTable([
  ['name', 'what it holds'],
  ['`part`, `msg`', '`refusals`, `refused`'],
  ['`level`', '30 (info): people who mean well come upon it. 40 (warn): our pages do not lead there'],
  ['`event`, `code`', 'what happened, and why: below'],
  [
    '`door`',
    'the act (`gift_batch.enter`), the budget (`open_api_per_network`) or the route (`/[lang]/me/gifts/[code]`)',
  ],
  ['`field`', 'the name of the field at fault; `*` for a name the sender chose, null where it is none'],
  ['`request`', 'the id that the answer told in `X-Request-Id`'],
  ['`who`', 'the roles of staff, `donor`, `visitor` or `sign-in`; null where nobody had asked yet'],
]);

test('docs/refusals.md names every event and every code, with the reason for its level', async () => {
  const written = `# What the server’s log says of refusals

Written from \`lib/server/refusal-kinds.rules.ts\` (\`npx vitest run --config tests/vitest.config.ts
tests/rules/server/refusal-log.test.ts -u\`). Each refusal leaves one line of JSON on standard output:

${FIELDS}

A refused right has \`rights\` and \`right refused\`, with \`permission\`, \`where\`, \`why\` and the number of the account of
staff in place of \`event\`, \`code\`, \`door\` and \`field\`. No line holds what was sent, a name, an address, a free text, or a
name of a field that the sender chose.

In a minute ${LINES_PER_DOOR} lines are written for one event of one level at one door, and ${LINES_PER_LEVEL} of a level for all doors together. How
many were left out is said when the minute is over (\`more refused\`, with \`event\`, \`door\` and \`more\`). The counter
\`shanlu_refusals_total{event,code,level}\` of \`/api/metrics\` counts all of them.

What nobody refuses is not here: an address there is not (404), what failed for us (500 and more, \`part\` \`server\`), and a
field that no form of ours has, where nobody reads it. Acts that the worker does by itself and events of the provider are
not here either: their jobs say what came of them. Wrong codes and second factors also stand in the audit trail, tries of
cards in a table of their own.

${Object.entries(REFUSAL_EVENTS)
  .map(([event, about]) => `## ${event}\n\n${about}\n\n${listed(event)}\n`)
  .join('\n')}`;
  await expect(written).toMatchFileSnapshot('../../../docs/refusals.md');
});
