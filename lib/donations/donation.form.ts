import { z } from 'zod';
import { donorForm, ifNotBuilt, recognitionForm, sharersForm } from '../pledges/giver.form';
import { pledgeNumber } from '../pledges/pledge.form';
import {
  currency,
  day,
  minorAmount,
  minorTotal,
  reason,
  segmentCode,
  sha256,
  slug,
} from '../shared/form-parts';
import { ONLINE_CHANNELS, RATE_SHAPE } from './donation.rules';

export const donationNumber = z.string().regex(/^G-\d{4,}$/, { error: 'donation_number' });

/** What every gift says about itself, however it comes. */
const gift = {
  campaign: slug,
  donor: donorForm.nullable(),
  currency,
  amountMinor: minorAmount,
  designation: segmentCode.nullable(),
  recognition: recognitionForm.nullable(),
  ifNotBuilt: ifNotBuilt.default('ask'),
  givenOn: day,
  sharers: sharersForm,
  /** The evening in a hall it was given at. */
  event: slug.nullable().default(null),
};

export const startDonationForm = z.object({
  ...gift,
  /**
   * Payment reference of the promise this gift keeps; its donor, road and naming are taken from there. Pledge numbers
   * are public, the reference is known to who promised: a stranger cannot pay in another's name by counting up.
   */
  pledgeReference: z.string().trim().max(40).nullable(),
  channel: z.enum(ONLINE_CHANNELS, { error: 'channel' }),
  /** The part of `amountMinor` the giver added so that the full gift arrives after the fee. */
  feeCoveredMinor: minorTotal.default(0n),
  /** What becomes of more than was promised, decided before paying. */
  surplus: z.enum(['raise_pledge', 'general_fund']).nullable().default(null),
});
export type StartDonationForm = z.infer<typeof startDonationForm>;

const bankReference = z.string().trim().min(1).max(140, { error: 'too_long' });

export const recordDonationForm = z.object({
  ...gift,
  /** The promise it keeps. Its donor, road and naming are taken from there, and may be left out here. */
  pledge: pledgeNumber.nullable(),
  channel: z.enum(['bank', 'cash', 'cheque'], { error: 'channel' }),
  bankReference: bankReference.nullable(),
});
export type RecordDonationForm = z.infer<typeof recordDonationForm>;

/** What the second person saw; a gift that was changed since is refused. */
export const verifyDonationForm = z.object({ donation: donationNumber, seenHash: sha256, on: day });

const settlement = {
  receivedOn: day,
  /** Needed for a gift in another currency; for one in the book currency it may be left null. */
  settledMinor: minorAmount.nullable(),
  feeMinor: minorTotal,
  rate: z.string().regex(RATE_SHAPE, { error: 'rate' }).nullable(),
  rateOn: day.nullable(),
};

export const clearDonationForm = z.object({
  donation: donationNumber,
  ...settlement,
  bankReference: bankReference.nullable(),
});
export type ClearDonationForm = z.infer<typeof clearDonationForm>;

export const cancelDonationForm = z.object({ donation: donationNumber, on: day, reason });
