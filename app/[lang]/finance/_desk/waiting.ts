import 'server-only';
import { cache } from 'react';
import { approvalsInbox, paymentsToMake } from '@/lib/approvals/approvals.queries';
import { waitingAccountChanges } from '@/lib/payments/transfer-account.queries';
import { staffName } from '@/lib/auth/person.queries';

/** What the shell of the desk and the page inside it both show, read once for an answer. */
export const inboxNow = cache(() => approvalsInbox());
export const payableNow = cache(() => paymentsToMake());
export const accountChangesNow = cache((personId: string) => waitingAccountChanges(personId));
export const nameNow = cache((personId: string) => staffName(personId));
