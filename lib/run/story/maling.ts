import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalText } from '@/db/tables';
import type { RoadClass } from '@/lib/shared/road-facts';

/**
 * The Maling story as data. Real: the organiser, the 2023 concert, RMB 300,000 received, 24 mud roads in Maling.
 * Everything else is illustrative. Money in fen, which fit a JSON number here and become bigint at once.
 */
export type Maling = {
  readonly campaign: {
    readonly slug: string;
    readonly name: LocalText;
    readonly organiser: LocalText;
    readonly place: LocalText;
    readonly concertOn: string;
    readonly endsOn: string;
  };
  readonly contractors: readonly { readonly code: string; readonly name: LocalText }[];
  readonly segments: readonly Road[];
  readonly contracts: readonly { segment: string; contractor: string; signedOn: string; amount: number }[];
  readonly gifts: readonly Gift[];
  readonly openPledges: readonly { readonly due: string; readonly amount: number }[];
  readonly allocations: readonly { readonly segment: string; readonly on: string; readonly amount: number }[];
  readonly payments: readonly Payment[];
  readonly duties: readonly {
    readonly due: string;
    readonly done: string | null;
    readonly title: LocalText;
  }[];
};

export type Road = {
  readonly code: string;
  readonly name: LocalText;
  /** From where to where. */
  readonly place: LocalText;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly roadClass: RoadClass;
  readonly households: number;
  readonly status: string;
  readonly budget: number;
  readonly certified: number;
  readonly line: readonly (readonly [number, number])[];
};

export type Gift = {
  readonly on: string;
  readonly amount: number;
  readonly fee: number;
  readonly channel: 'card' | 'alipay' | 'wechat' | 'bank' | 'cash';
  readonly road: string | null;
  readonly pledged: boolean;
  readonly name: LocalText | null;
  readonly foreign: { currency: string; amount: number; rate: string; rateOn: string } | null;
};

export type Payment = {
  readonly on: string;
  readonly segment: string;
  readonly stage: 'advance' | 'base' | 'acceptance';
  readonly percent: number;
  readonly amount: number;
};

export const roadOf = (maling: Maling, code: string): Road => {
  const road = maling.segments.find((one) => one.code === code);
  if (!road) throw new Error(`the story has no road ${code}`);
  return road;
};

export const loadMaling = async (): Promise<Maling> =>
  JSON.parse(await readFile(join(process.cwd(), 'lib/run/story/maling.json'), 'utf8')) as Maling;

/** Days later, on the calendar. */
export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
