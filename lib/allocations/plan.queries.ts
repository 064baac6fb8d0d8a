import type { Reader } from '@/db/connect';
import { refuse, type Result } from '../shared/result';
import { staffDb } from '../staff-db';
import { splitPlan, usableMinor, type PlanLine, type PlanMethod } from './plan.rules';
import { planFacts, type PlanFacts } from './plan.store';

export type PlanPreview = PlanFacts & {
  /** The most that can be assigned to the roads chosen. */
  readonly usableMinor: bigint;
  /** The exact split, or why there is none; null before an amount is asked for. */
  readonly split: Result<readonly PlanLine[]> | null;
};

/** What a plan would do now, without doing it: the same rule as the proposal itself. */
export const previewPlan = async (
  plan: {
    readonly campaign: string;
    readonly method: PlanMethod;
    readonly amountMinor: bigint | null;
    readonly segments: readonly string[];
  },
  db: Reader = staffDb(),
): Promise<PlanPreview> => {
  const facts = await planFacts(db, plan.campaign);
  const byCode = new Map(facts.roads.map((road) => [road.code, road]));
  const roads =
    plan.method === 'whole_campaign'
      ? facts.roads
      : [...new Set(plan.segments)].flatMap((code) => byCode.get(code) ?? []);
  const usable = usableMinor(roads, facts.freeMinor);
  const wanted = plan.method === 'whole_campaign' ? (plan.amountMinor ?? usable) : plan.amountMinor;
  const split =
    wanted === null
      ? null
      : wanted > 0n
        ? splitPlan({ method: plan.method, amountMinor: wanted, roads, freeMinor: facts.freeMinor })
        : refuse('exceeds_unallocated', { availableMinor: usable });
  return { ...facts, usableMinor: usable, split };
};
