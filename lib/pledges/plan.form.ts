import { z } from 'zod';
import { day } from '../shared/form-parts';
import { instalmentForm, pledgeNumber } from './pledge.form';
import { INSTALMENTS_MAX } from './pledge.rules';

export const replanForm = z.object({
  pledge: pledgeNumber,
  /** Version of the plan the person saw; another one in force is not overwritten. */
  seenVersion: z.number().int().positive(),
  instalments: z.array(instalmentForm).min(1).max(INSTALMENTS_MAX),
  on: day,
});

export const surplusForm = z.object({
  donation: z.string().regex(/^G-\d{4,}$/, { error: 'donation_number' }),
  choice: z.enum(['raise_pledge', 'next_instalment', 'general_fund', 'refund'], { error: 'choice' }),
  /** The other open promise it keeps, for `next_instalment`. */
  towards: pledgeNumber.nullable(),
  on: day,
});
