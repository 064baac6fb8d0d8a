import { sql, type Transaction } from 'kysely';
import type { Database } from '@/db/tables';
import type { Line } from './line.rules';
import type { LinePrivacy, RoadClass, Surface } from '../shared/road-facts';

type Trx = Transaction<Database>;

/** A road's line and what is said about it. */
export type RoadFacts = {
  readonly line: Line;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly thicknessMm: number | null;
  readonly roadClass: RoadClass | null;
  readonly surface: Surface | null;
  readonly households: number | null;
  readonly linePrivacy: LinePrivacy;
};

/** Also serves the page that edits them, which has no transaction. */
export const factsOfSegment = async (db: Pick<Trx, 'selectFrom'>, segmentId: string): Promise<RoadFacts> => {
  const row = await db
    .selectFrom('segment')
    .select(sql<[number, number][]>`geometry -> 'coordinates'`.as('line'))
    .select([
      'length_mm as lengthMm',
      'width_mm as widthMm',
      'thickness_mm as thicknessMm',
      'road_class as roadClass',
      'surface',
      'households',
      'line_privacy as linePrivacy',
    ])
    .where('id', '=', segmentId)
    .executeTakeFirstOrThrow();
  return {
    ...row,
    roadClass: row.roadClass as RoadClass | null,
    surface: row.surface as Surface | null,
    linePrivacy: row.linePrivacy as LinePrivacy,
  };
};

const geometry = (line: Line): string => JSON.stringify({ type: 'LineString', coordinates: line });

/** Keeps what was, then lets what is now take its place. */
export const supersede = async (
  trx: Trx,
  change: {
    readonly segmentId: string;
    readonly before: RoadFacts;
    readonly after: RoadFacts;
    readonly lineChanged: boolean;
    readonly reason: string;
    readonly on: string;
    readonly byPerson: string;
  },
): Promise<void> => {
  const columns = (facts: RoadFacts) => ({
    geometry: geometry(facts.line),
    length_mm: facts.lengthMm,
    width_mm: facts.widthMm,
    thickness_mm: facts.thicknessMm,
    road_class: facts.roadClass,
    surface: facts.surface,
    households: facts.households,
    line_privacy: facts.linePrivacy,
  });
  await trx
    .insertInto('segment_revision')
    .values({
      segment_id: change.segmentId,
      ...columns(change.before),
      line_changed: change.lineChanged,
      length_after_mm: change.after.lengthMm,
      reason: change.reason,
      happened_on: change.on,
      by_person: change.byPerson,
    })
    .execute();
  await trx
    .updateTable('segment')
    .set((eb) => ({ ...columns(change.after), version: eb('version', '+', 1) }))
    .where('id', '=', change.segmentId)
    .execute();
};
