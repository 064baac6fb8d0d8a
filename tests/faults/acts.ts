import type { Kysely } from 'kysely';
import type { Database } from '@/db/tables';
import { runCommand } from '@/lib/command';
import { keepEvent } from '@/lib/payments/stripe-event.flow';
import { tellOnlineGift } from '@/lib/run/story/history.commands';
import type { Asked } from './load';

export const GIFT = {
  campaign: 'gen-hun-meng',
  pledge: null,
  donor: null,
  currency: 'CNY',
  amountMinor: 12_345n,
  feeCoveredMinor: 0n,
  feeMinor: 45n,
  designation: null,
  recognition: null,
  givenOn: '2024-05-06',
  receivedOn: '2024-05-06',
  channel: 'card',
};

/** A paid gift, booked: the key names it. */
export const giveGift = async (db: Kysely<Database>, key: string): Promise<Asked> => {
  const answer = await runCommand(tellOnlineGift, GIFT, { kind: 'system', name: 'stripe' }, { key, db });
  return answer.ok ? { done: answer.value.code } : { doubt: answer.refusal.name };
};

export const keepNotice = async (db: Kysely<Database>, id: string): Promise<Asked> => {
  const notice = {
    id,
    type: 'charge.updated',
    objectId: id.replace('evt', 'ch'),
    objectType: 'charge',
    livemode: false,
    created: new Date('2026-09-21T12:00:00Z'),
    ofAnotherAccount: false,
    apiVersion: null,
    raw: '',
  };
  const kept = await keepEvent(notice, db);
  return kept.ok ? { done: id } : { doubt: kept.refusal.name };
};
