import 'server-only';
import { attach, openPaper } from '@/lib/files/pdf-paper.gateway';
import type { ReceiptDocument } from './receipt-pdf-document';
import { drawReceipt, SETTINGS, type Setting } from './receipt-pdf-page';
import { RECEIPT_WORDS } from './receipt-pdf-words';

export type ReceiptPdf = {
  readonly bytes: Uint8Array;
  /** Characters the font does not have, printed as 〓 and explained on the paper; for the log. */
  readonly missing: readonly string[];
};

/**
 * Prints a receipt as one A4 page in its language (more when it has very much to say), tagged for screen readers and legible in black and white. The same
 * receipt printed for the same day gives the same bytes.
 */
export const receiptPdf = async (receipt: ReceiptDocument): Promise<ReceiptPdf> => {
  for (const setting of [SETTINGS.roomy, SETTINGS.tight]) {
    const onOne = await printed(receipt, setting);
    if (onOne.pages === 1) return onOne;
  }
  return printed(receipt, SETTINGS.dense);
};

const printed = async (
  receipt: ReceiptDocument,
  setting: Setting,
): Promise<ReceiptPdf & { readonly pages: number }> => {
  const words = RECEIPT_WORDS[receipt.lang];
  const paper = await openPaper({
    title: `${words.title} ${receipt.number}`,
    author: receipt.host.name,
    lang: receipt.lang,
    createdAt: new Date(`${receipt.printedOn}T00:00:00Z`),
  });
  const pages = drawReceipt(paper, receipt, words, setting);
  const { number } = receipt.gift;
  if (receipt.proof?.file)
    attach(paper, { name: `${number}.tlog-proof`, type: 'text/plain', text: receipt.proof.file });
  if (receipt.privatePart !== null)
    attach(paper, { name: `${number}-private.json`, type: 'application/json', text: receipt.privatePart });
  return { bytes: await paper.close(), missing: [...paper.missing], pages };
};
