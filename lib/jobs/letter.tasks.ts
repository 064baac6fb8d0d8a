import { z } from 'zod';
import { runCommand } from '../command';
import { fileShelves } from '../files/shelves';
import { writeLetters } from '../letters/letters.commands';
import { ROAD_PICTURE } from '../mail/giver-letters';
import type { Attach } from '../mail/send-mail';
import { receiptPaper } from '../receipts/receipt-paper.queries';
import { receiptPdf } from '../receipts/receipt-pdf.gateway';
import { printReceipt } from '../receipts/receipt-print.commands';
import { issueReceipt } from '../receipts/receipt.commands';
import { newId } from '../shared/id';
import type { JobTask } from './task';

const WORKER = { kind: 'system', name: 'worker' } as const;
const receiptPayload = z.object({ donation: z.string().min(1) });

/** Refusals after which there is nothing left to do: the gift has the receipt it should have, or needs none. */
const RIGHT_ALREADY: readonly string[] = [
  'duplicate_submission',
  'illegal_state_change',
  'receipt_waived',
  'not_found',
];

/** Gives a gift the receipt it should have, after it came in and after anything went back. */
export const receiptIssueTask: JobTask = {
  name: 'receipt_issue',
  run: async ({ db, payload }) => {
    const { donation } = receiptPayload.parse(payload);
    const done = await runCommand(issueReceipt, { donation, on: null }, WORKER, {
      key: `receipt:${newId()}`,
      db,
    });
    if (!done.ok && !RIGHT_ALREADY.includes(done.refusal.name))
      throw new Error(`receipt of ${donation}: ${done.refusal.name}`);
  },
};

/** Writes what there is to tell to givers. */
export const donorLettersTask: JobTask = {
  name: 'donor_letters',
  everySeconds: 10,
  run: async ({ db, signal }) => {
    while (!signal.aborted) {
      const done = await runCommand(writeLetters, {}, WORKER, { key: `letters:${newId()}`, db });
      if (!done.ok && done.refusal.name !== 'not_found') throw new Error(`letters: ${done.refusal.name}`);
      if (!done.ok || done.value.written < 200) return;
    }
  },
};

const file = (fileName: string, mediaType: string, text: string | null) =>
  text === null ? [] : [{ fileName, mediaType, bytes: new TextEncoder().encode(text), inlineAs: null }];

/**
 * The files that go with a mail. A receipt is printed when its mail goes out; a repeat of the same mail is the same
 * print, so the original exists once.
 */
export const attachTo =
  (db: Parameters<JobTask['run']>[0]['db']): Attach =>
  async ({ id, content, lang }) => {
    switch (content.template) {
      case 'receipt': {
        const { receiptId, number } = content.data;
        const print = await runCommand(printReceipt, { receiptId, lang }, WORKER, { key: `mail:${id}`, db });
        if (!print.ok) throw new Error(`receipt ${number} cannot be printed: ${print.refusal.name}`);
        const paper = await receiptPaper(
          receiptId,
          { lang, copy: print.value.no, at: new Date(), forGiver: true },
          db,
        );
        if (paper === null) throw new Error(`receipt ${number} is not there`);
        const { bytes } = await receiptPdf(paper);
        const { gift, proof, privatePart } = paper;
        return [
          { fileName: `${number}.pdf`, mediaType: 'application/pdf', bytes, inlineAs: null },
          // Both are inside the PDF too; beside it they can be kept and used with any other tool.
          ...file(`${gift.number}.tlog-proof`, 'application/octet-stream', proof?.file ?? null),
          ...file(`${gift.number}-private.json`, 'application/json', privatePart),
        ];
      }
      case 'road_news': {
        const { photograph, road } = content.data;
        const bytes = photograph && (await fileShelves().public.read(photograph.sha256));
        if (!bytes) return [];
        const kind = bytes[0] === 0xff ? 'jpeg' : 'webp';
        return [{ fileName: `${road}.${kind}`, mediaType: `image/${kind}`, bytes, inlineAs: ROAD_PICTURE }];
      }
      default:
        return [];
    }
  };
