import { sql } from 'kysely';
import type { Reader } from '@/db/connect';
import type { LocalText } from '@/db/tables';
import { staffDb } from '../staff-db';
import type { Position } from './ellipsoid.rules';
import { cutLine, joinLines, type Line } from './line.rules';
import { lengthMm } from './ellipsoid.rules';
import { factsOfSegment, type RoadFacts } from './revision.store';
import { decideSuccession, mayBeBudgeted, mayBeRedrawn, type SegmentStatus } from './segment.rules';
import { pointOfCampaign, waitingForRoad } from './segment.store';
import type { Result } from '../shared/result';

export type RoadShape = {
  readonly code: string;
  readonly name: LocalText;
  readonly status: SegmentStatus;
  readonly version: number;
  readonly currency: string;
  readonly facts: RoadFacts;
  /** A point of the campaign's roads, by which a line is told to be near. */
  readonly around: Position | null;
  readonly mayChange: boolean;
  readonly mayBeRedrawn: boolean;
  /** Whether it may be split or merged now. */
  readonly mayEnd: Result<null>;
  /** The campaign's other roads that may be merged, by what is known without their money. */
  readonly others: readonly { readonly code: string; readonly name: LocalText; readonly line: Line }[];
  /** What it was before, the newest first. */
  readonly revisions: readonly {
    readonly on: string;
    readonly reason: string;
    readonly lineChanged: boolean;
    readonly beforeMm: number;
    readonly afterMm: number;
    readonly line: Line;
  }[];
};

/** A road's line, facts and their past, for the page that changes them; null when there is no such road. */
export const roadShape = async (code: string, db: Reader = staffDb()): Promise<RoadShape | null> => {
  const road = await db
    .selectFrom('segment as s')
    .innerJoin('campaign as c', 'c.id', 's.campaign_id')
    .select(['s.id', 's.code', 's.name', 's.status', 's.version', 's.campaign_id as campaignId'])
    .select('c.book_currency as currency')
    .where('s.code', '=', code)
    .executeTakeFirst();
  if (!road) return null;
  const [facts, around, others, revisions, leftMinor] = await Promise.all([
    factsOfSegment(db, road.id),
    pointOfCampaign(db, road.campaignId),
    db
      .selectFrom('segment')
      .select(['code', 'name'])
      .select(sql<[number, number][]>`geometry -> 'coordinates'`.as('line'))
      .where('campaign_id', '=', road.campaignId)
      .where('id', '<>', road.id)
      .where('status', 'in', ['proposed', 'approved', 'suspended'])
      .orderBy('code')
      .execute(),
    db
      .selectFrom('segment_revision')
      .select([
        'happened_on as on',
        'reason',
        'line_changed as lineChanged',
        'length_mm as beforeMm',
        'length_after_mm as afterMm',
      ])
      .select(sql<[number, number][]>`geometry -> 'coordinates'`.as('line'))
      .where('segment_id', '=', road.id)
      .orderBy('id', 'desc')
      .execute(),
    waitingForRoad(db, road.code),
  ]);
  const status = road.status as SegmentStatus;
  return {
    code: road.code,
    name: road.name,
    status,
    version: road.version,
    currency: road.currency,
    facts,
    around,
    mayChange: mayBeBudgeted(status),
    mayBeRedrawn: mayBeRedrawn(status),
    mayEnd: decideSuccession({ status, leftMinor }),
    others,
    revisions,
  };
};

export type Parts = Result<readonly { readonly line: Line; readonly lengthMm: number }[]>;

const measured = (lines: readonly Line[]) => lines.map((line) => ({ line, lengthMm: lengthMm(line) }));

/** The two roads a cut at this chainage would make. */
export const seenSplit = (shape: RoadShape, atMm: number): Parts => {
  const cut = cutLine(shape.facts.line, atMm);
  return cut.ok ? { ok: true, value: measured(cut.value) } : cut;
};

/** The one road it would make with another. */
export const seenMerge = (shape: RoadShape, line: Line): Parts => {
  const joined = joinLines(shape.facts.line, line);
  return joined.ok ? { ok: true, value: measured([joined.value]) } : joined;
};
