import 'server-only';
import { createHash } from 'node:crypto';
import type { Lang } from '../i18n/languages';
import { hallEvent, hallNames, hallRoads, type HallName } from './hall.queries';
import { milestones, reach, type Milestone } from './hall.rules';

/** Names the stone on the screen has room for. */
const NAMES = 12;

/** What the screen of a hall shows, the same for everyone who looks. Amounts as text: JSON knows no bigint. */
export type HallSnapshot = {
  readonly event: string;
  readonly campaign: string;
  readonly name: Readonly<Record<Lang, string>>;
  readonly currency: string;
  readonly timeZone: string;
  readonly illustrative: boolean;
  readonly promises: number;
  readonly pledgedMinor: string;
  readonly receivedMinor: string;
  readonly targetMinor: string;
  readonly roads: readonly Milestone[];
  /** How far promises and money reach along the road, in thousandths. */
  readonly pledgedReach: number;
  readonly receivedReach: number;
  readonly names: readonly HallName[];
  readonly asOf: string;
};

export type Kept = {
  readonly snapshot: HallSnapshot;
  /** The JSON and its fingerprint, made once for everybody. The moment is not part of what has changed. */
  readonly json: string;
  readonly etag: string;
};

/** How long one reading is good for. Ten thousand viewers cost this process one reading in that time. */
const FRESH_MS = 2_000;

type Cell = { at: number; reading: Promise<Kept | null> };
const held = globalThis as { shanluHall?: Map<string, Cell> };
const cells = (held.shanluHall ??= new Map());

/** The evening as it was at most two seconds ago; one reading at a time per evening and process. Null: no such evening. */
export const hallSnapshot = (slug: string, now = Date.now()): Promise<Kept | null> => {
  const known = cells.get(slug);
  if (known && now - known.at < FRESH_MS) return known.reading;
  const cell: Cell = { at: now, reading: read(slug) };
  // A reading that failed is not kept: the next viewer asks again.
  cell.reading.then(
    (kept) => {
      if (kept === null && cells.get(slug) === cell) cells.delete(slug);
    },
    () => {
      if (cells.get(slug) === cell) cells.delete(slug);
    },
  );
  cells.set(slug, cell);
  return cell.reading;
};

const read = async (slug: string): Promise<Kept | null> => {
  const event = await hallEvent(slug);
  if (!event) return null;
  const [names, roads] = await Promise.all([hallNames(slug, NAMES), hallRoads(event.campaign)]);
  const facts = {
    event: event.slug,
    campaign: event.campaign,
    name: event.name,
    currency: event.currency,
    timeZone: event.time_zone,
    illustrative: event.illustrative,
    promises: event.promise_count,
    pledgedMinor: String(event.pledged_minor),
    receivedMinor: String(event.received_minor),
    targetMinor: String(roads.reduce((sum, road) => sum + road.budgetMinor, 0n)),
    roads: milestones(roads, event.pledged_minor, event.received_minor),
    pledgedReach: reach(roads, event.pledged_minor),
    receivedReach: reach(roads, event.received_minor),
    names,
  };
  const etag = `"${createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 22)}"`;
  const snapshot: HallSnapshot = { ...facts, asOf: new Date().toISOString() };
  return { snapshot, json: JSON.stringify(snapshot), etag };
};
