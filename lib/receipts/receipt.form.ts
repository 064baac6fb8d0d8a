import { z } from 'zod';
import { donationNumber } from '../donations/donation.form';
import { personName } from '../pledges/giver.form';
import { day, lang, reason, slug, uuid } from '../shared/form-parts';

/** `on` is the paper's day; null: today, at the charity. */
export const issueReceiptForm = z.object({ donation: donationNumber, on: day.nullable() });

const receipt = { campaign: slug, serial: z.bigint().positive() };

export const voidReceiptForm = z.object({ ...receipt, reason, on: day });

export const reissueReceiptForm = z.object({
  ...receipt,
  reason,
  on: day,
  /** The corrected name; null keeps the one on the old paper. */
  issuedTo: personName.nullable(),
});

const fiscalText = z
  .string()
  .trim()
  .regex(/^[0-9A-Za-z -]{4,40}$/, { error: 'fiscal_number' });

/**
 * The fiscal receipt (公益事业捐赠票据), issued in the finance bureau's system and registered here: its number, and its
 * code, check code and day when they are known, together or not at all.
 */
export const fiscalNumberForm = z.object({
  ...receipt,
  fiscalNumber: fiscalText,
  details: z.object({ code: fiscalText, check: fiscalText, on: day }).nullable().default(null),
});

export const printReceiptForm = z.object({ receiptId: uuid, lang });

/** A giver does without a receipt, or wants one after all. */
export const waiveReceiptForm = z.object({ donation: donationNumber, waive: z.boolean(), on: day });
