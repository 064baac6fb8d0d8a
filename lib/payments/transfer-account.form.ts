import { z } from 'zod';
import { day, localText, reason, sha256, slug, uuid } from '../shared/form-parts';

const account = {
  campaign: slug,
  /** In whose name the account is. */
  holder: localText,
  /** Of a bank or an IBAN (ISO 13616): four digits at least, else it is a word. */
  accountNumber: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^(?=(?:\D*\d){4})[0-9A-Z][0-9A-Z -]{3,40}$/, { error: 'account_number' }),
  /** The bank and its branch. */
  bank: localText,
};

export const transferAccountForm = z.object({ ...account, on: day });
export const transferAccountProposalForm = z.object({ ...account, reason, on: day });
export const transferAccountDecisionForm = z.object({ proposal: uuid, seenHash: sha256, on: day });
export const transferAccountReturnForm = z.object({ proposal: uuid, reason, on: day });
