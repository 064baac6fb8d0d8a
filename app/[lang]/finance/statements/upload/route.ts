import { requireStaff } from '@/lib/auth/session';
import { runCommand } from '@/lib/command';
import { takeUpload } from '@/lib/files/intake';
import { fileShelves } from '@/lib/files/shelves';
import { isLang } from '@/lib/i18n/languages';
import { ownAccounts } from '@/lib/reconciliation/workspace.queries';
import { handInStatement } from '@/lib/reconciliation/statement/import.commands';
import { lookAtFile, savedMapping } from '@/lib/reconciliation/statement/import.flow';
import { FILE_BYTES_MAX } from '@/lib/reconciliation/statement/read.rules';
import type { RefusalCode } from '@/lib/server/refusal-kinds.rules';
import { noteRefusal } from '@/lib/server/refusal-log';
import type { Refusal } from '@/lib/shared/refusal';
import { staffDb } from '@/lib/staff-db';

/** Takes a bank file from the form, keeps it sealed and hands it to the worker; a plain post that needs no script. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ lang: string }> },
): Promise<Response> {
  const { lang: spoken } = await params;
  const lang = isLang(spoken) ? spoken : 'zh-Hans';
  const actor = await requireStaff('statement:import', lang);
  const home = `/${lang}/finance/statements`;
  const to = (place: string): Response => new Response(null, { status: 303, headers: { location: place } });
  const refused = (refusal: Refusal, code: RefusalCode = refusal.name): Response => {
    noteRefusal({ code, field: refusal.field, door: handInStatement.name, actor });
    return to(`${home}?refused=${refusal.name}`);
  };
  // A body whose length is not said is not read: the form's own post always says it.
  if (!(Number(request.headers.get('content-length') ?? 'none') <= FILE_BYTES_MAX + 10_000))
    return refused({ name: 'file_too_large', field: 'file' });
  const form = await request.formData().catch(() => null);
  if (form === null) return refused({ name: 'invalid_input' }, 'shape_wrong');
  const [file, account, key] = [form.get('file'), form.get('account'), form.get('key')];
  const own = (await ownAccounts()).find((one) => one.code === account);
  if (!(file instanceof File) || file.size === 0) return refused({ name: 'invalid_input', field: 'file' });
  if (!own) return refused({ name: 'invalid_input', field: 'account' }, 'value_not_offered');
  if (typeof key !== 'string') return refused({ name: 'invalid_input', field: 'key' }, 'key_wrong');
  const taken = await takeUpload(file, FILE_BYTES_MAX, 'file');
  if (!taken.ok) return refused(taken.refusal);
  const bytes = taken.value;
  const kept = await fileShelves().sealed.put(bytes);
  const asking = lookAtFile(bytes).table && (await savedMapping(staffDb(), own.id, bytes)) === undefined;
  const handed = await runCommand(
    handInStatement,
    {
      account: own.code,
      sha256: kept.sha256,
      fileName: file.name.slice(-200) || 'file',
      sizeBytes: BigInt(kept.size),
      asking,
    },
    actor,
    { key: `${key}:${kept.sha256.slice(0, 32)}` },
  );
  return to(handed.ok ? `${home}/${handed.value.import}` : `${home}?refused=${handed.refusal.name}`);
}
