import { expect } from 'vitest';
import { drainFund } from '../db/drain-kit';
import { RoadsKit } from '../db/roads-kit';
import { prove } from '@/lib/proofs/proofs.queries';
import { p95 } from './load';
import { trial } from './trial';

trial(
  {
    row: 19,
    name: 'one-fund',
    runs: 20,
    fault: 'Fifty people approve allocations of one fund at once, for several times what it holds',
    invariants:
      'never below zero; the fund holds what came in less what was approved; who was refused asked for more than is left; all proofs',
  },
  async ({ runs, random }) => {
    const kit = await RoadsKit.open();
    try {
      const began = performance.now();
      const waits = await drainFund(kit, random, runs);
      const seconds = (performance.now() - began) / 1_000;
      const broken = (await prove(kit.world.reader)).filter(({ offenders }) => offenders > 0n);
      return {
        figure: {
          approvals: waits.length,
          brokenProofs: broken.length,
          p95Ms: Math.round(p95(waits)),
          perSecondWithTheirProposals: Math.round(waits.length / seconds),
        },
        check: () => expect(broken).toEqual([]),
      };
    } finally {
      await kit.close();
    }
  },
);
