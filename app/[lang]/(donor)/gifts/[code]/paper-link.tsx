import type { GiftEvidence } from '@/lib/disclosure/gift-evidence.queries';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';

/** The invoice a gift went into, or the sheet that accepted its road, by its number; to the file where that is public. */
export function PaperLink({
  lang,
  kind,
  paper,
}: {
  lang: Lang;
  kind: 'invoice' | 'sheet';
  paper: GiftEvidence['papers'][number];
}) {
  const text = words(lang, 'gift')(`trace.${kind}`, { code: paper.code });
  return paper.file_sha256 === null ? text : <a href={`/files/${paper.file_sha256}`}>{text}</a>;
}
