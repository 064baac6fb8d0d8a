import { isDeepStrictEqual } from 'node:util';
import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import type { Actor } from '@/lib/auth/roles.rules';
import { runCommand } from '@/lib/command';
import { foldSummaries } from '@/lib/ledger/summary.store';
import { prove } from '@/lib/proofs/proofs.queries';
import type { RefusalName } from '@/lib/shared/refusal';
import { newWorld, type World } from '../support/people';
import { BANK_ACTS } from './acts-bank';
import { GIVING_ACTS } from './acts-giving';
import { PAYMENT_ACTS } from './acts-payments';
import { RETURN_ACTS } from './acts-returns';
import { ROAD_ACTS } from './acts-roads';
import { WORK_ACTS } from './acts-works';
import { openCampaigns } from './campaigns';
import { cast, hasFactor, nameOf } from './cast';
import { differences } from './compare';
import type { Draw, Kind } from './kind';
import { barred, mayAct } from './people';
import { Random } from './random';
import { State, type Answer } from './state';

export const KINDS: readonly Kind[] = [
  ...ROAD_ACTS,
  ...WORK_ACTS,
  ...PAYMENT_ACTS,
  ...GIVING_ACTS,
  ...RETURN_ACTS,
  ...BANK_ACTS,
];

/** How often each act was done, and how often each reason was given for refusing one. */
export type Tally = {
  readonly done: Map<string, number>;
  readonly refused: Map<RefusalName, number>;
  steps: number;
};
export const newTally = (): Tally => ({ done: new Map(), refused: new Map(), steps: 0 });

type Step = {
  readonly kind: Kind;
  readonly input: Record<string, unknown>;
  readonly who: Actor;
  readonly key: string;
};
type Done = Step & { readonly answer: Answer };

const CHECK_EVERY = Number(process.env['MODEL_CHECK_EVERY'] ?? 60);
/** Slow; for finding the step at which a proof begins to fail. */
const PROVE_TOO = process.env['MODEL_PROVE'] !== undefined;
const REMEMBERED = 14;

/**
 * Plays one seeded story of random acts, legal and illegal, against the real commands on a real PostgreSQL, with the
 * model saying beforehand what must come out. Throws at the first difference, with what is needed to play it again.
 */
export const playSeed = async (seed: number, steps: number, tally: Tally): Promise<void> => {
  const world = await newWorld();
  try {
    await new Player(world, seed, tally).play(steps);
  } finally {
    await world.close();
  }
};

class Player {
  private readonly state = new State();
  private readonly random: Random;
  private readonly last: string[] = [];
  private readonly past: Done[] = [];
  private actors: readonly Actor[] = [];
  private used = 0;
  private step = 0;

  constructor(
    private readonly world: World,
    private readonly seed: number,
    private readonly tally: Tally,
  ) {
    this.random = new Random(seed);
  }

  async play(steps: number): Promise<void> {
    this.actors = await cast(this.world);
    await openCampaigns(this.world, this.state);
    for (this.step = 1; this.step <= steps; this.step += 1) {
      await (this.past.length > 20 && this.random.chance(4) ? this.repeat() : this.act());
      this.tally.steps += 1;
      if (this.random.below(150) === 0) await foldSummaries(this.world.db);
      if (this.step % CHECK_EVERY === 0) await this.compare();
    }
    await this.compare();
    await this.prove();
  }

  private async prove(): Promise<void> {
    const offenders = (await prove(this.world.reader)).filter((proof) => proof.offenders !== 0n);
    if (offenders.length > 0)
      this.fail(offenders.map(({ name, offenders: rows }) => `proof ${name}: ${rows} offenders`));
  }

  private async act(): Promise<void> {
    const draw: Draw = {
      state: this.state,
      random: this.random,
      fresh: () => (this.used += 1),
      day: () => this.day(),
    };
    for (;;) {
      const kind = this.random.weighted(KINDS);
      const input = kind.draw(draw);
      if (!input) continue;
      const who = this.whoFor(kind);
      const key = `model-${this.seed}-${this.step}`;
      return this.perform({ kind, input, who, key });
    }
  }

  private async perform(step: Step): Promise<void> {
    const { kind, input, who } = step;
    const today = todayInShanghai();
    const bar = isMalformed(input, kind.signed) ? 'invalid_input' : barred(who, kind.name);
    const verdict = bar === null ? kind.judge(this.state, input as never, who, today) : null;
    const reasons = bar === null ? (verdict?.reasons ?? new Set<RefusalName>()) : new Set([bar]);
    const result = await this.run(step);
    if (!result.ok) {
      if (!reasons.has(result.refusal.name))
        this.fail([
          `refused ${result.refusal.name}; the model ${reasons.size === 0 ? 'sees no reason' : `sees ${[...reasons].join(', ')}`}`,
          show(result.refusal),
        ]);
      count(this.tally.refused, result.refusal.name);
      return;
    }
    if (reasons.size > 0 || !verdict) this.fail([`done, but the model sees ${[...reasons].join(', ')}`]);
    const plain = (result.value ?? {}) as Answer;
    for (const [key, value] of Object.entries(verdict.expected))
      if (!isDeepStrictEqual(plain[key], value))
        this.fail([`answered ${key} ${show(plain[key])}; the model expects ${show(value)}`]);
    verdict.carryOut({
      ...plain,
      ...(kind.opensHoles && { shortfalls: await newHoles(this.world.db, this.state) }),
      ...(kind.makesGifts && { gifts: await newGifts(this.world.db, this.state) }),
    });
    count(this.tally.done, kind.name);
    this.past.push({ ...step, answer: plain });
    if (this.past.length > 300) this.past.shift();
  }

  /** The same key again: with the same body it is the same answer, with another body it is refused. */
  private async repeat(): Promise<void> {
    const first = this.random.pick(this.past);
    const other = this.past.find(
      (one) => one.kind === first.kind && one.key !== first.key && !isDeepStrictEqual(one.input, first.input),
    );
    if (other && this.random.chance(40)) {
      const result = await this.run({ ...first, input: other.input });
      if (result.ok || result.refusal.name !== 'idempotency_key_reused')
        this.fail([`a used key with another body: ${show(result)}`]);
      count(this.tally.refused, 'idempotency_key_reused');
      return;
    }
    const result = await this.run(first);
    if (!result.ok || !isDeepStrictEqual(result.value, first.answer))
      this.fail([`the same key answers ${show(result)}; it answered ${show(first.answer)} before`]);
  }

  private async run({ kind, input, who, key }: Step) {
    this.last.push(`${this.step} ${kind.name} by ${nameOf(who)} ${key} ${show(input)}`);
    if (this.last.length > REMEMBERED) this.last.shift();
    try {
      for (let turn = 1; ; turn += 1) {
        const result = await runCommand(kind.command, input, who, { key, db: this.world.db });
        // On a crowded machine a database may take too long, and says so: whoever asked asks again.
        if (result.ok || result.refusal.name !== 'busy_try_again' || turn === 5) return result;
      }
    } catch (error) {
      return this.fail([
        `thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      ]);
    }
  }

  private async compare(): Promise<void> {
    const lines = await differences(this.state, this.world.reader, todayInShanghai());
    if (lines.length > 0) this.fail(lines.slice(0, 25));
    if (PROVE_TOO) await this.prove();
  }

  private fail(lines: readonly string[]): never {
    throw new Error(
      [
        `seed ${this.seed}, step ${this.step}:`,
        ...lines,
        'the last acts were:',
        ...this.last,
        `play it again: MODEL_SEED=${this.seed} MODEL_OPS=${this.step} MODEL_CHECK_EVERY=1 npx vitest run --config tests/vitest.config.ts tests/properties/model-1.test.ts`,
      ].join('\n'),
    );
  }

  private day(): string {
    const month = this.random.pick(MONTHS);
    return `${month}-${String(1 + this.random.below(28)).padStart(2, '0')}`;
  }

  /** Mostly someone whose act it is; now and then anyone, also without a second factor. */
  private whoFor(kind: Kind): Actor {
    if (this.random.chance(4)) return this.random.pick(this.actors);
    return this.random.pick(this.actors.filter((who) => mayAct(who, kind.name) && hasFactor(who)));
  }
}

const MONTHS = [
  ...['09', '10', '11', '12'].map((month) => `2023-${month}`),
  ...['01', '02', '03', '04', '05', '06', '07', '08'].map((month) => `2024-${month}`),
];

/** Amounts that no form lets through. */
const POSITIVE = new Set(['amountMinor', 'afterMinor', 'settledMinor', 'grossMinor']);
const isMalformed = (input: unknown, signed = false): boolean =>
  typeof input === 'object' &&
  input !== null &&
  Object.entries(input).some(
    ([key, value]) =>
      (typeof value === 'bigint' && (signed ? value === 0n : value <= 0n) && POSITIVE.has(key)) ||
      isMalformed(value, signed),
  );

/** Numbers of the holes an act has opened without saying so, in the order of opening. */
const newHoles = async (db: Kysely<Database>, state: State): Promise<string[]> => {
  const rows = await db.selectFrom('shortfall').select('code').orderBy('lot_id').execute();
  const known = new Set(state.holes.map((hole) => hole.code));
  return rows.map((row) => row.code).filter((code) => !known.has(code));
};

/** Gifts an act has made without saying so, in the order of their numbers. */
const newGifts = async (db: Kysely<Database>, state: State): Promise<{ code: string; id: string }[]> => {
  const rows = await db.selectFrom('donation').select(['code', 'id']).orderBy('code').execute();
  const known = new Set(state.gifts.map((gift) => gift.code));
  return rows.filter((row) => !known.has(row.code));
};

const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });
const todayInShanghai = (): string => shanghai.format(new Date());

const show = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part)) ??
  'undefined';

const count = <K>(counts: Map<K, number>, key: K): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
