import { z } from 'zod';
import { defineCommand, type CommandContext } from '../context';
import { env } from '../env';
import type { Lang } from '../i18n/languages';
import type { MailContent, RoadNews, TransferCard } from '../mail/mail';
import { queueMail } from '../mail/outbox.store';
import { receiptNumber } from '../receipts/receipt.rules';
import { money, type Money } from '../shared/money';
import { isCurrency } from '../shared/money';
import { ok, refuse } from '../shared/result';
import { accountInForce } from '../payments/transfer-account.store';
import { accountingDate } from '../shared/time';
import {
  dueParts,
  failedPayments,
  movedRoads,
  newDisputes,
  newPledges,
  newReceipts,
} from './letter-facts.store';
import { noteLetter, planOf, type LetterKind } from './letters.store';
import { reminderStage } from './reminder.rules';
import { stopUrl } from './stop-token';

/** Letters of one kind in one transaction; whatever is left comes with the next turn. */
const AT_ONCE = 200;

type Letter = {
  readonly donorId: string;
  readonly lang: Lang;
  readonly kind: LetterKind;
  readonly about: string;
  readonly content: MailContent;
};

/**
 * Writes to givers whatever has happened and was not yet told: thanks for a promise, reminders around a due day, a
 * payment that failed, a receipt, news of their road, a dispute. It compares the records with the letters written, so
 * no message lost anywhere loses a letter, and none is written twice, whoever runs it and however often.
 *
 * Refuses `not_found` when there is nothing to write.
 */
export const writeLetters = defineCommand({
  name: 'letters.write',
  permission: 'letters:write',
  events: ['letters_written'],
  input: z.object({}),
  run: async (ctx) => {
    const counts: Partial<Record<LetterKind, number>> = {};
    for (const gather of GATHERERS)
      for (const letter of await gather(ctx)) {
        if (!(await noteLetter(ctx.trx, letter))) continue;
        await queueMail(ctx, { ...letter.content, to: { donorId: letter.donorId }, lang: letter.lang });
        counts[letter.kind] = (counts[letter.kind] ?? 0) + 1;
      }
    const written = Object.values(counts).reduce((sum, count) => sum + count, 0);
    if (written === 0) return refuse('not_found');
    ctx.record({
      event: 'letters_written',
      subjectKind: 'letters',
      subjectId: ctx.now.toISOString(),
      details: counts,
    });
    return ok({ written });
  },
});

const site = (lang: Lang, path: string): string => `${env.PUBLIC_URL}/${lang}/${path}`;

const amountOf = (currency: string, minor: bigint): Money => {
  if (!isCurrency(currency)) throw new Error(`${currency} is no currency`);
  return money(currency, minor);
};

const cardOf = async (
  ctx: CommandContext,
  campaignId: string,
  reference: string,
  lang: Lang,
): Promise<TransferCard | null> => {
  const account = await accountInForce(ctx.trx, campaignId);
  return (
    account && {
      accountName: account.holder[lang],
      bank: account.bank[lang],
      accountNumber: account.number,
      reference,
    }
  );
};

const thanks = async (ctx: CommandContext): Promise<Letter[]> => {
  const letters: Letter[] = [];
  for (const row of await newPledges(ctx.trx, AT_ONCE))
    letters.push({
      ...row,
      kind: 'pledge_thanks',
      content: {
        template: 'pledge_thanks',
        data: {
          campaign: row.campaign[row.lang],
          reference: row.reference,
          amount: amountOf(row.currency, row.amountMinor),
          road: row.road === null ? null : `${row.road} ${row.roadName?.[row.lang] ?? ''}`,
          instalments: (await planOf(ctx.trx, row.pledgeId, row.version)).map((part) => ({
            dueOn: part.dueOn,
            amount: amountOf(row.currency, part.amountMinor),
          })),
          transfer: await cardOf(ctx, row.campaignId, row.reference, row.lang),
          url: site(row.lang, `give/card?ref=${row.reference}`),
        },
      },
    });
  return letters;
};

const reminders = async (ctx: CommandContext): Promise<Letter[]> => {
  const letters: Letter[] = [];
  for (const row of await dueParts(ctx.trx, AT_ONCE * 5)) {
    const stage = reminderStage(row.dueOn, row.pledgedOn, accountingDate(ctx.now, row.timeZone));
    if (stage === null) continue;
    letters.push({
      ...row,
      kind: stage === 'before' ? 'reminder_before' : 'reminder_after',
      about: `${row.about}/${stage}`,
      content: {
        template: 'pledge_reminder',
        data: {
          campaign: row.campaign[row.lang],
          reference: row.reference,
          due: amountOf(row.currency, row.dueMinor),
          dueOn: row.dueOn,
          overdue: stage !== 'before',
          transfer: await cardOf(ctx, row.campaignId, row.reference, row.lang),
          url: site(row.lang, `give/card?ref=${row.reference}`),
          stopUrl: stopUrl(row.donorId, 'reminders'),
        },
      },
    });
  }
  return letters;
};

const failures = async (ctx: CommandContext): Promise<Letter[]> =>
  (await failedPayments(ctx.trx, AT_ONCE)).map((row) => ({
    ...row,
    kind: 'payment_failed',
    content: {
      template: 'payment_failed',
      data: {
        campaign: row.campaign[row.lang],
        amount: amountOf(row.currency, row.amountMinor),
        reference: row.reference,
        url: site(row.lang, row.reference === null ? 'give' : `give/card?ref=${row.reference}`),
      },
    },
  }));

const receipts = async (ctx: CommandContext): Promise<Letter[]> =>
  (await newReceipts(ctx.trx, AT_ONCE)).map((row) => ({
    ...row,
    kind: 'receipt',
    content: {
      template: 'receipt',
      data: {
        campaign: row.campaign[row.lang],
        number: receiptNumber(row.issuedOn, row.serial),
        amount: amountOf(row.currency, row.amountMinor),
        receivedOn: row.receivedOn,
        receiptUrl: site(row.lang, 'me'),
        giftUrl: site(row.lang, `gifts/${row.gift}`),
        receiptId: row.receiptId,
      },
    },
  }));

const NEWS: Readonly<Record<string, RoadNews>> = {
  start: 'started',
  ask_inspection: 'inspected',
  accept: 'accepted',
};

const news = async (ctx: CommandContext): Promise<Letter[]> =>
  (await movedRoads(ctx.trx, AT_ONCE)).map((row) => ({
    ...row,
    kind: 'road_news',
    content: {
      template: 'road_news',
      data: {
        campaign: row.campaign[row.lang],
        road: row.road,
        roadName: row.roadName[row.lang],
        what: NEWS[row.event] ?? 'started',
        on: row.on,
        gift: row.gift,
        roadUrl: site(row.lang, `roads/${row.road}`),
        giftUrl: site(row.lang, `gifts/${row.gift}`),
        photograph:
          row.photographSha256 === null || row.photographOn === null
            ? null
            : { sha256: row.photographSha256, takenOn: row.photographOn },
        stopUrl: stopUrl(row.donorId, 'news'),
      },
    },
  }));

const disputes = async (ctx: CommandContext): Promise<Letter[]> =>
  (await newDisputes(ctx.trx, AT_ONCE)).map((row) => ({
    ...row,
    kind: 'dispute',
    content: {
      template: 'dispute',
      data: {
        campaign: row.campaign[row.lang],
        gift: row.gift,
        amount: amountOf(row.currency, row.amountMinor),
        on: row.on,
        url: site(row.lang, `gifts/${row.gift}`),
      },
    },
  }));

const GATHERERS: readonly ((ctx: CommandContext) => Promise<Letter[]>)[] = [
  thanks,
  reminders,
  failures,
  receipts,
  news,
  disputes,
];
