type Payment = {
  readonly segment: string;
  readonly stage: string;
  readonly invoice: string | null;
  readonly paid_on: string | null;
};
type Acceptance = {
  readonly segment: string;
  readonly sheet: string;
  readonly result: string;
  readonly signed_on: string;
};

/**
 * The papers a payment rests on: its invoice, and for the last part before the retention the sheet by which the road had
 * been accepted. Papers that are not among `documents` are left out.
 */
export const papersOf = <Document extends { readonly code: string }>(
  payment: Payment,
  documents: readonly Document[],
  acceptances: readonly Acceptance[],
): { readonly kind: 'invoice' | 'sheet'; readonly paper: Document }[] => {
  const sheet =
    payment.stage === 'final'
      ? acceptances.findLast(
          (one) =>
            one.segment === payment.segment &&
            one.result === 'accepted' &&
            one.signed_on <= (payment.paid_on ?? ''),
        )
      : undefined;
  return [
    { kind: 'invoice' as const, code: payment.invoice },
    { kind: 'sheet' as const, code: sheet?.sheet },
  ].flatMap(({ kind, code }) => {
    const paper = documents.find((one) => one.code === code);
    return paper ? [{ kind, paper }] : [];
  });
};
