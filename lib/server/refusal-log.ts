import { pino, type Logger } from 'pino';
import { Counter, Registry } from 'prom-client';
import type { $ZodType } from 'zod/v4/core';
import type { Actor } from '../auth/roles.rules';
import { env } from '../env';
import type { Refusal } from '../shared/refusal';
import type { Result } from '../shared/result';
import { askedNow, roleOf } from './asked';
import { REFUSAL_KINDS, type RefusalCode, type RefusalKind } from './refusal-kinds.rules';
import { codeOfIssue, fieldOfSchema, isFieldName, type InputIssue } from './refused-input.rules';
import { routeOf } from './routes.rules';

/** Within a minute so many lines for one event at one door, and so many of a level for all doors together. */
export const LINES_PER_DOOR = 10;
export const LINES_PER_LEVEL = 100;
const MINUTE_MS = 60_000;
/** More doors than a server has by far; beyond them what was left out is only counted. */
const DOORS_TOLD = 200;

type Left = { readonly kind: RefusalKind; readonly door: string; written: number; more: number };
type Held = {
  readonly log: Logger;
  readonly registry: Registry;
  readonly counter: Counter<'event' | 'code' | 'level'>;
  /** Refusals that have their line: one that is handed on to a form or a handler gets no second. */
  readonly said: WeakSet<Refusal>;
  /** The minute under way; null while nothing was refused. */
  minute: { lines: Record<RefusalKind['level'], number>; doors: Map<string, Left> } | null;
};

// On globalThis: Next loads what runs at the start and what answers requests as separate copies of this module.
const globally = globalThis as { shanluRefusals?: Held };
const held = (): Held => (globally.shanluRefusals ??= begin(refusalLogger()));

const refusalLogger = (): Logger => pino({ base: { part: 'refusals' }, enabled: env.NODE_ENV !== 'test' });

const begin = (log: Logger): Held => {
  const registry = new Registry();
  const counter = new Counter({
    name: 'shanlu_refusals_total',
    help: 'Refusals, also those whose line was left out of the log; docs/refusals.md says what each code means.',
    labelNames: ['event', 'code', 'level'] as const,
    registers: [registry],
  });
  return { log, registry, counter, said: new WeakSet(), minute: null };
};

/** Tests look at what is written. */
export const writeRefusalsTo = (log: Logger): void => {
  globally.shanluRefusals = begin(log);
};

/** What was refused since the process began, in the text format of Prometheus. */
export const refusalMetrics = (): Promise<string> => held().registry.metrics();

/**
 * Counts a refusal, and says whether its line may be written: a flood must not fill the disk. What is left out is said
 * once, with its number, when the minute is over.
 */
export const mayWrite = (code: RefusalCode, door: string): boolean => {
  const state = held();
  const kind: RefusalKind = REFUSAL_KINDS[code];
  const { event, level } = kind;
  state.counter.inc({ event, code, level });
  if (state.minute === null) {
    state.minute = { lines: { info: 0, warn: 0 }, doors: new Map() };
    setTimeout(() => endMinute(state), MINUTE_MS).unref();
  }
  const { lines, doors } = state.minute;
  const key = `${event} ${level} ${door}`;
  const left = doors.get(key) ?? { kind, door, written: 0, more: 0 };
  if (doors.size < DOORS_TOLD) doors.set(key, left);
  if (left.written >= LINES_PER_DOOR || lines[level] >= LINES_PER_LEVEL) {
    left.more += 1;
    return false;
  }
  left.written += 1;
  lines[level] += 1;
  return true;
};

const endMinute = (state: Held): void => {
  const { doors } = state.minute ?? { doors: new Map<string, Left>() };
  state.minute = null;
  for (const { kind, door, more } of doors.values())
    if (more > 0) state.log[kind.level]({ event: kind.event, door, more }, 'more refused');
};

export type Refused = {
  readonly code: RefusalCode;
  /** The act; left out, the route of the request. */
  readonly door?: string | undefined;
  /** Name of the field at fault, never what stands in it. */
  readonly field?: string | null | undefined;
  readonly actor?: Actor | undefined;
};

/**
 * The one line for what was refused (ASVS 5.0.0, 16.3.3): event, code, door, field, request and role, and nothing else.
 * No word of a person is in it, and nothing that was sent.
 */
export const noteRefusal = ({ code, door, field, actor }: Refused): void => {
  const asked = askedNow();
  if (asked) asked.noted = true;
  const { event, level } = REFUSAL_KINDS[code];
  const at = door ?? (asked ? routeOf(asked.url) : 'nowhere');
  if (!mayWrite(code, at)) return;
  held().log[level](
    {
      event,
      code,
      door: at,
      field: field === undefined || field === null || isFieldName(field) ? (field ?? null) : '*',
      request: asked?.id ?? null,
      who: actor ? roleOf(actor) : (asked?.who ?? null),
    },
    'refused',
  );
};

type About = Pick<Refused, 'door' | 'actor'>;

/** The same for a refusal as acts and flows answer it; one that has its line already gets no second. */
export const noteRefused = (refusal: Refusal, { door, actor }: About = {}): void => {
  const { said } = held();
  // Whoever keeps a budget has written the line (lib/auth/rate-limit.ts).
  if (said.has(refusal) || refusal.name === 'too_many_reports') return;
  said.add(refusal);
  noteRefusal({ code: codeOfRefusal(refusal, actor), field: refusal.field, door, actor });
};

/** Staff type codes. Visitors and givers send the number of a thing of their own, but for the road of a report. */
const codeOfRefusal = ({ name, field }: Refusal, actor: Actor | undefined): RefusalCode =>
  name === 'not_found' && (actor?.kind === 'donor' || actor?.kind === 'visitor') && field !== 'segment'
    ? 'not_theirs'
    : name;

/** The same where the line says more exactly what was wrong than the refusal that is answered. */
export const noteAs = (
  code: RefusalCode,
  refused: Result<never>,
  about: About & Pick<Refused, 'field'>,
): Result<never> => {
  if (!refused.ok) held().said.add(refused.refusal);
  noteRefusal({ code, ...about });
  return refused;
};

/** The same for input that a schema refuses: by what is wrong with it, at the field the schema knows. */
export const noteRefusedInput = (
  schema: $ZodType,
  [first]: readonly InputIssue[],
  input: unknown,
  about: About = {},
): void =>
  noteRefusal({
    code: first ? codeOfIssue(first, input) : 'invalid_input',
    field: first ? fieldOfSchema(schema, first.path) : null,
    ...about,
  });
