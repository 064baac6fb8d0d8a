import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '@/lib/command';
import { defineCommand } from '@/lib/context';
import type { Actor } from '@/lib/auth/roles.rules';
import { writeRefusalsTo } from '@/lib/server/refusal-log';
import { z } from 'zod';

// An act refused for lack of a right writes no row; the server's log says who asked for what, and nothing of what was sent.

const held = globalThis as { shanluRefusedRights?: unknown };
const lines: Record<string, unknown>[] = [];
beforeEach(() => {
  lines.length = 0;
  // Tests beside this one share its minute.
  writeRefusalsTo(pino({ enabled: false }));
  held.shanluRefusedRights = pino(
    { base: null },
    { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
});
afterEach(() => {
  delete held.shanluRefusedRights;
});

const command = defineCommand({
  name: 'refund.approve',
  permission: 'refund:approve',
  events: ['refund_approved'],
  input: z.object({ reason: z.string() }),
  run: () => Promise.reject(new Error('must not run')),
});
const person = (roles: ('clerk' | 'approver')[], secondFactor: boolean): Actor => ({
  kind: 'person',
  personId: 'p-1',
  roles,
  secondFactor,
});

test.each<[Actor, Record<string, unknown>]>([
  [person(['clerk'], true), { staff: 'p-1', why: 'not_permitted', level: 40 }],
  [person(['approver'], false), { staff: 'p-1', why: 'second_factor_required', level: 30 }],
  [
    { kind: 'donor', personId: 'd-1' },
    { who: 'donor', why: 'not_permitted', level: 40 },
  ],
  [{ kind: 'visitor' }, { who: 'visitor', why: 'not_signed_in', level: 30 }],
])('%j leaves one line', async (actor, said) => {
  const answer = await runCommand(command, { reason: '王小明 +852' }, actor, { key: 'refused-rights' });
  expect(answer).toMatchObject({ ok: false, refusal: { name: said['why'] } });
  expect(lines).toEqual([
    {
      time: expect.any(Number) as number,
      ...said,
      permission: 'refund:approve',
      where: 'refund.approve',
      request: null,
      msg: 'right refused',
    },
  ]);
});
