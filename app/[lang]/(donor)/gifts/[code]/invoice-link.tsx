import type { GiftEvidence } from '@/lib/disclosure/gift-evidence.queries';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';

/** The invoice a gift went into by its number; it leads to the file where that is public. */
export function InvoiceLink({ lang, invoice }: { lang: Lang; invoice: GiftEvidence['invoices'][number] }) {
  const text = words(lang, 'gift')('trace.invoice', { code: invoice.code });
  return invoice.file_sha256 === null ? text : <a href={`/files/${invoice.file_sha256}`}>{text}</a>;
}
