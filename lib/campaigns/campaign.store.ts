import type { Transaction } from 'kysely';
import type { Database, LocalText } from '@/db/tables';
import type { CampaignBooks } from '../ledger/ledger.commands';

type Trx = Transaction<Database>;

export type CampaignRow = CampaignBooks & {
  readonly status: string;
  readonly name: LocalText;
  readonly timeZone: string;
  readonly opensOn: string;
  readonly endsOn: string;
  readonly quotesRequired: number;
};

/** A campaign by its slug or id, with what every act on its books needs. */
export const findCampaign = async (
  trx: Trx,
  by: { readonly slug: string } | { readonly id: string },
): Promise<CampaignRow | null> => (await campaignQuery(trx, by).executeTakeFirst()) ?? null;

/** The same as a question that can travel with others. */
export const campaignQuery = (trx: Trx, by: { readonly slug: string } | { readonly id: string }) =>
  trx
    .selectFrom('campaign')
    .select([
      'id',
      'slug',
      'book_currency as currency',
      'status',
      'name',
      'time_zone as timeZone',
      'opens_on as opensOn',
      'ends_on as endsOn',
      'quotes_required as quotesRequired',
    ])
    .where('slug' in by ? 'slug' : 'id', '=', 'slug' in by ? by.slug : by.id);
