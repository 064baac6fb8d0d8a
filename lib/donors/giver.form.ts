import { z } from 'zod';
import { donationNumber } from '../donations/donation.form';
import { personName } from '../pledges/giver.form';
import { day, minorAmount, reason, segmentCode, uuid } from '../shared/form-parts';

export const giveConsentForm = z.object({ donation: donationNumber, name: personName });
export const withdrawConsentForm = z.object({ donation: donationNumber });

export const requestNumber = z.string().regex(/^DR-\d{4,}$/, { error: 'request_number' });
export const askRefundForm = z.object({ donation: donationNumber, amountMinor: minorAmount, reason });
/** `designation` null: where it is needed. */
export const askMoveForm = z.object({ donation: donationNumber, designation: segmentCode.nullable() });
export const withdrawRequestForm = z.object({ request: requestNumber });
export const answerRequestForm = z.object({ request: requestNumber, on: day });
export const declineRequestForm = z.object({ request: requestNumber, on: day, reason });

/** Said twice on purpose: nothing is erased by a form that was sent by accident. */
export const forgetForm = z.object({ confirm: z.literal('yes', { error: 'required' }) });

export const mergeForm = z.object({ keptId: uuid, mergedId: uuid });
export const endMergeForm = z.object({ mergeId: z.bigint().positive(), reason });
export const apartForm = z.object({ aId: uuid, bId: uuid });
