import { money, type Money } from '@/lib/shared/money';
import type { RoadBarFigures } from '../road-bar/road-bar.rules';

/** Amounts of the Maling story as it stood on 30 June 2024, for examples. Only the 300,000 received are real. */
export const yuan = (minor: bigint): Money => money('CNY', minor);

export const campaignFigures = {
  targetMinor: 32_400_000n,
  pledgedMinor: 31_240_000n,
  receivedMinor: 30_000_000n,
  allocatedMinor: 28_640_000n,
  committedMinor: 25_540_000n,
  paidMinor: 20_268_600n,
} satisfies RoadBarFigures;

export const EXAMPLE_DATE = '2024-06-30';
