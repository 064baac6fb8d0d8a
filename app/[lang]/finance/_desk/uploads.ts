import 'server-only';
import type { Actor } from '@/lib/auth/roles.rules';
import { runCommand } from '@/lib/command';
import { fileDocument } from '@/lib/evidence/evidence.commands';
import { redactDocument } from '@/lib/evidence/public-copy.commands';
import { acceptDocument, DOCUMENT_BYTES_MAX } from '@/lib/files/document.gateway';
import { takeUpload } from '@/lib/files/intake';
import { fileShelves } from '@/lib/files/shelves';
import type { Result } from '@/lib/shared/result';

type DocumentKind =
  | 'evidence'
  | 'test_result'
  | 'quote'
  | 'contract'
  | 'variation'
  | 'invoice'
  | 'acceptance_sheet';

const TITLES: Readonly<Record<DocumentKind, { 'zh-Hans': string; 'zh-Hant': string; en: string }>> = {
  evidence: { 'zh-Hans': '拒付证据', 'zh-Hant': '拒付證據', en: 'Evidence for a dispute' },
  quote: { 'zh-Hans': '报价单', 'zh-Hant': '報價單', en: 'Quote' },
  contract: { 'zh-Hans': '施工合同', 'zh-Hant': '施工合約', en: 'Works contract' },
  variation: { 'zh-Hans': '工程变更单', 'zh-Hant': '工程變更單', en: 'Variation order' },
  invoice: { 'zh-Hans': '发票', 'zh-Hant': '發票', en: 'Invoice' },
  test_result: { 'zh-Hans': '检测报告', 'zh-Hant': '檢測報告', en: 'Test report' },
  acceptance_sheet: { 'zh-Hans': '竣工验收单', 'zh-Hant': '竣工驗收單', en: 'Acceptance sheet' },
};

/**
 * Keeps an uploaded document and files it. The original goes to the sealed shelf; it is shown to the public only
 * as a redacted copy, which is added when someone has looked at it.
 */
export const keepDocument = async (
  actor: Actor,
  key: string,
  upload: { file: File; kind: DocumentKind; campaign: string; segment: string | null; on: string },
): Promise<Result<{ code: string }>> => {
  const taken = await takeUpload(upload.file, DOCUMENT_BYTES_MAX, 'document');
  if (!taken.ok) return taken;
  const accepted = acceptDocument(taken.value);
  if (!accepted.ok) return accepted;
  await fileShelves().sealed.put(taken.value);
  return runCommand(
    fileDocument,
    {
      campaign: upload.campaign,
      segment: upload.segment,
      kind: upload.kind === 'evidence' ? 'other' : upload.kind,
      title: TITLES[upload.kind],
      dated: upload.on,
      pages: accepted.value.pages,
      mediaType: accepted.value.mediaType,
      sizeBytes: BigInt(accepted.value.size),
      sha256: accepted.value.sha256,
      publicSha256: null,
      // What we write to a giver's bank about a giver is nobody else's business.
      visibility: upload.kind === 'evidence' ? 'internal' : 'redacted',
      withheldReason: null,
      opensOn: null,
    },
    actor,
    // The file is part of the key: after a refusal another file may be chosen on the same form.
    { key: `${key}:${accepted.value.sha256.slice(0, 32)}` },
  );
};

/** Keeps the blacked-out copy of a document on the public shelf and lets the public open it. */
export const keepRedacted = async (
  actor: Actor,
  key: string,
  upload: { file: File; document: string; on: string },
): Promise<Result<{ code: string }>> => {
  const taken = await takeUpload(upload.file, DOCUMENT_BYTES_MAX, 'copy');
  if (!taken.ok) return taken;
  const accepted = acceptDocument(taken.value);
  if (!accepted.ok) return accepted;
  await fileShelves().public.put(taken.value);
  return runCommand(
    redactDocument,
    { document: upload.document, publicSha256: accepted.value.sha256, on: upload.on },
    actor,
    { key: `${key}:${accepted.value.sha256.slice(0, 32)}` },
  );
};
