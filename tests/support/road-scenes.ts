import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { stack } from './stack';

type Line = { readonly lineNo: number; readonly quantityMilli: bigint; readonly amountMinor: bigint };

/** What `road-scenes-child.ts` plays by commands on the running product. Money in fen. */
export type RoadScenes = {
  /** A road with so many gifts for it alone, a part of them allocated; answers the gifts. */
  readonly giftsForRoad: (road: string, count: number, mail: string) => Promise<string[]>;
  /** A gift for a road that has been proposed. */
  readonly give: (road: string, amountMinor: bigint) => Promise<string>;
  /** Roads with an approved budget that nothing is allocated to, and a gift for any road. */
  readonly budgeted: (roads: readonly string[], budgetMinor: bigint, freeMinor: bigint) => Promise<void>;
  readonly answers: (change: string, gifts: readonly string[], answer: 'given' | 'refused') => Promise<void>;
  readonly approveRefunds: (refunds: readonly string[], on: string) => Promise<void>;
  /** A funded road with a bill of two lines, put out to one of two bidders with one telephone; answers the contract. */
  readonly tender: (road: string, bidder: string, other: string) => Promise<string>;
  /** The works begin and their base is certified; answers the certificate. */
  readonly begin: (road: string, contract: string) => Promise<string>;
  readonly fund: (road: string, amountMinor: bigint) => Promise<void>;
  /** A requested payment is approved and made. */
  readonly pay: (disbursement: string) => Promise<void>;
  /** The rest is done, paid and accepted, and a defect is confirmed in the warranty; answers its number. */
  readonly finish: (
    road: string,
    contract: string,
    amountMinor: bigint,
    lines: readonly Line[],
  ) => Promise<string>;
  readonly release: (road: string, certificate: string, amountMinor: bigint) => Promise<void>;
  /** Where each of these gifts lies. */
  readonly places: (
    gifts: readonly string[],
  ) => Promise<{ readonly gift: string; readonly account: string; readonly minor: bigint }[]>;
  /** Names of the invariants that do not hold. */
  readonly offenders: () => Promise<string[]>;
};

export type SceneCall = { readonly id: number; readonly scene: keyof RoadScenes; readonly args: unknown[] };
type Answer = { readonly id: number; readonly value?: unknown; readonly error?: string };

/** A process beside the product that plays these scenes one after another, until it is closed. */
const openRoadScenes = async (): Promise<RoadScenes & { readonly close: () => void }> => {
  const child = fork('tests/support/road-scenes-child.ts', {
    execArgv: ['--conditions=react-server', '--import', 'tsx'],
    env: { ...process.env, ...stack().environment },
    serialization: 'advanced',
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error('the scenes could not begin');
    }),
  ]);
  child.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer));
  let calls = 0;
  const call = (scene: keyof RoadScenes, args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = (calls += 1);
      waiting.set(id, ({ value, error }) => {
        if (error === undefined) resolve(value);
        else reject(new Error(`${scene}: ${error}`));
      });
      child.send({ id, scene, args });
    });
  return new Proxy({} as RoadScenes & { close: () => void }, {
    get: (_scenes, name) => {
      if (name === 'close') return () => child.kill();
      // Not a promise, whoever asks.
      return typeof name === 'string' && name !== 'then'
        ? (...args: unknown[]) => call(name as keyof RoadScenes, args)
        : undefined;
    },
  });
};

/** The scenes for the journeys of a file; when they have ended, every invariant must hold. */
export const useRoadScenes = (): RoadScenes => {
  let open: (RoadScenes & { readonly close: () => void }) | undefined;
  test.beforeAll(async () => {
    open = await openRoadScenes();
  });
  test.afterAll(async () => {
    expect(await open?.offenders()).toEqual([]);
    open?.close();
  });
  return new Proxy({} as RoadScenes, { get: (_scenes, name) => open?.[name as keyof RoadScenes] });
};
