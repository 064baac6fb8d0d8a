import 'server-only';
import type { Actor } from '@/lib/auth/roles.rules';
import { runCommand } from '@/lib/command';
import { fileDocument, filePhotograph } from '@/lib/evidence/evidence.commands';
import { acceptDocument } from '@/lib/files/document.gateway';
import { preparePhotograph } from '@/lib/files/photograph.gateway';
import { fileShelves } from '@/lib/files/shelves';
import { ok, type Result } from '@/lib/shared/result';

type DocumentKind = 'evidence' | 'quote' | 'contract' | 'variation' | 'invoice' | 'acceptance_sheet';

const TITLES: Readonly<Record<DocumentKind, { 'zh-Hans': string; 'zh-Hant': string; en: string }>> = {
  evidence: { 'zh-Hans': '拒付证据', 'zh-Hant': '拒付證據', en: 'Evidence for a dispute' },
  quote: { 'zh-Hans': '报价单', 'zh-Hant': '報價單', en: 'Quote' },
  contract: { 'zh-Hans': '施工合同', 'zh-Hant': '施工合約', en: 'Works contract' },
  variation: { 'zh-Hans': '工程变更单', 'zh-Hant': '工程變更單', en: 'Variation order' },
  invoice: { 'zh-Hans': '发票', 'zh-Hant': '發票', en: 'Invoice' },
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
  const bytes = new Uint8Array(await upload.file.arrayBuffer());
  const accepted = acceptDocument(bytes);
  if (!accepted.ok) return accepted;
  await fileShelves().sealed.put(bytes);
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

const STAGES = {
  before: { 'zh-Hans': '施工前', 'zh-Hant': '施工前', en: 'Before' },
  during: { 'zh-Hans': '施工中', 'zh-Hant': '施工中', en: 'During the works' },
  after: { 'zh-Hans': '竣工后', 'zh-Hant': '竣工後', en: 'After' },
} as const;

/** Decodes, cleans and keeps a photograph, and files it. Nothing of it is public until a second person publishes it. */
export const keepPhotograph = async (
  actor: Actor,
  key: string,
  upload: { file: File; segment: string; stage: keyof typeof STAGES; station: string; on: string },
): Promise<Result<{ id: string }>> => {
  const bytes = new Uint8Array(await upload.file.arrayBuffer());
  const prepared = await preparePhotograph(bytes);
  if (!prepared.ok) return prepared;
  const { original, facts, publicCopy, thumbnail } = prepared.value;
  const shelves = fileShelves();
  await shelves.sealed.put(bytes);
  await shelves.public.put(publicCopy.bytes);
  await shelves.public.put(thumbnail.bytes);
  const filed = await runCommand(
    filePhotograph,
    {
      segment: upload.segment,
      stage: upload.stage,
      station: upload.station,
      takenOn: upload.on,
      originalSha256: original.sha256,
      publicSha256: publicCopy.sha256,
      thumbSha256: thumbnail.sha256,
      widthPx: publicCopy.width,
      heightPx: publicCopy.height,
      caption: STAGES[upload.stage],
      illustrative: false,
      capturedAt: capturedAt(facts.takenAt),
      latitudeE7: facts.takenWhere?.latitudeE7 ?? null,
      longitudeE7: facts.takenWhere?.longitudeE7 ?? null,
    },
    actor,
    { key },
  );
  return filed.ok ? ok({ id: filed.value.id }) : filed;
};

/** The camera's wall clock as an instant; a camera that does not say its zone is taken to stand in the village. */
const capturedAt = (
  taken: { readonly local: string; readonly offset: string | null } | null,
): string | null => {
  if (taken === null) return null;
  const instant = new Date(`${taken.local}${taken.offset ?? '+08:00'}`);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
};
