import { decideChange, proposeSettlement } from '@/lib/plan-changes/settle.commands';
import { words, type RoadsKit } from '../db/roads-kit';

/** What opens a change of plan for a road, unless said otherwise because it is not built. */
export const openInput = (segment: string, over: Record<string, unknown> = {}) => ({
  segment,
  kind: 'cancelled',
  reason: words('这条路改由市政修建。'),
  basis: 'consent',
  basisReference: null,
  toSegment: null,
  deadline: '2024-04-30',
  on: '2024-04-01',
  ...over,
});

/** Proposes how an answered change ends, and has another person decide it. */
export const settle = async (kit: RoadsKit, change: string, over: Record<string, unknown> = {}) => {
  const seen = await kit.act(
    proposeSettlement,
    {
      change,
      decision: 'move',
      keepUntil: null,
      outcome: words('已逐笔征询并处理。'),
      on: '2024-05-02',
      ...over,
    },
    kit.staff.lin,
  );
  await kit.act(decideChange, { change, seenHash: seen.contentHash, on: '2024-05-03' }, kit.staff.zhou);
};
