import { currentPerson, requestNetwork } from '@/lib/auth/session';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { admitTry, type Admission } from '@/lib/payments/defence.flow';
import type { Typed } from '@/lib/payments/give-draft.form';
import { makeFormToken } from '@/lib/payments/form-token';
import { noteRefusal } from '@/lib/server/refusal-log';
import { readDraft } from './draft-cookie';
import type { StepState } from './step-state';
import type { WorkWords } from './work';

type Passed = Extract<Admission, { do: 'pass' }>;

/** Lets this request through to the payment provider, or answers what its page must say instead. */
export const admit = async (
  lang: Lang,
  typed: Typed,
  {
    email = null,
    card,
    page = null,
  }: { readonly email?: string | null; readonly card: boolean; readonly page?: string | null },
): Promise<{ readonly passed: Passed } | { readonly state: StepState }> => {
  const network = await requestNetwork();
  const admission = await admitTry({
    token: typed['token'] ?? '',
    proof: typed['proof'] ?? '',
    network,
    // A browser without its answers is told from others only by its network.
    device: (await readDraft())?.device ?? network,
    email,
    account: (await currentPerson())?.email ?? null,
    card,
    page,
  });
  const t = words(lang, 'give');
  switch (admission.do) {
    case 'pass':
      return { passed: admission };
    case 'prove':
      return {
        state: {
          typed,
          errors: [],
          prove: { challenge: admission.challenge, bits: admission.bits },
          token: typed['token'] ?? '',
        },
      };
    case 'vouch':
      noteRefusal({ code: 'mailbox_asked' });
      return {
        state: {
          typed,
          errors: [],
          busy: true,
          token: typed['token'] ?? '',
          transfer: true,
        },
      };
    case 'again':
      noteRefusal({ code: 'form_stale', field: 'token' });
      return {
        state: { typed, errors: [], refusal: t('review.tryAgain'), token: makeFormToken(Date.now()) },
      };
    case 'refuse':
      noteRefusal({ code: 'held_off' });
      return {
        state: {
          typed,
          errors: [],
          refusal: t('review.heldOff'),
          token: makeFormToken(Date.now()),
          transfer: true,
        },
      };
  }
};

export const workWords = (lang: Lang): WorkWords => {
  const t = words(lang, 'give');
  return {
    title: t('review.proveTitle'),
    working: t('review.prove'),
    noScript: t('review.proveNoScript'),
    busyTitle: t('review.busyTitle'),
    busy: t('review.busy'),
    signIn: t('review.toSignIn'),
    transfer: t('review.toTransfer'),
  };
};
