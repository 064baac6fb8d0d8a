import type { Reader } from '@/db/connect';
import type { LocalText } from '@/db/tables';
import { publicDb } from './public-db';

export type EmbedFacts = {
  readonly name: LocalText;
  readonly currency: string;
  readonly asOf: string | null;
  readonly illustrative: boolean;
  readonly figures: {
    readonly targetMinor: bigint;
    readonly pledgedMinor?: bigint;
    readonly receivedMinor?: bigint;
    readonly allocatedMinor: bigint;
    readonly committedMinor: bigint;
    readonly paidMinor: bigint;
  };
};

/** The numbers of a road bar for other people's pages; null when there is no such campaign or road. */
export const embedFacts = async (
  kind: string,
  code: string,
  db: Reader = publicDb(),
): Promise<EmbedFacts | null> => {
  const road =
    kind === 'roads'
      ? await db.selectFrom('disclosure.segment').selectAll().where('code', '=', code).executeTakeFirst()
      : undefined;
  if (kind !== 'campaigns' && !road) return null;
  const slug = road?.campaign ?? code;
  const campaign = await db
    .selectFrom('disclosure.campaign')
    .selectAll()
    .where('slug', '=', slug)
    .executeTakeFirst();
  const numbers = await db
    .selectFrom('disclosure.campaign_numbers')
    .selectAll()
    .where('campaign', '=', slug)
    .executeTakeFirst();
  if (!campaign || !numbers) return null;
  const source = road ?? numbers;
  return {
    name: road?.name ?? campaign.name,
    currency: numbers.currency,
    asOf: numbers.last_entry_on,
    illustrative: campaign.illustrative,
    figures: {
      targetMinor: road?.budget_minor ?? numbers.target_minor,
      ...(!road && { pledgedMinor: numbers.pledged_minor, receivedMinor: numbers.received_minor }),
      allocatedMinor: source.allocated_minor,
      committedMinor: source.committed_minor,
      paidMinor: source.paid_minor,
    },
  };
};
