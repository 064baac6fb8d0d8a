import { z } from 'zod';
import { donationNumber } from '../donations/donation.form';
import { personName } from '../pledges/giver.form';
import { day, reason, slug } from '../shared/form-parts';

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

/** Number of the fiscal receipt (公益事业捐赠票据), issued in the finance bureau's system and registered here. */
export const fiscalNumberForm = z.object({
  ...receipt,
  fiscalNumber: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z -]{4,40}$/, { error: 'fiscal_number' }),
});
