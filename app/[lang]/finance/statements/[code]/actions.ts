'use server';

import { redirect } from 'next/navigation';
import { requireStaff } from '@/lib/auth/session';
import { runCommand } from '@/lib/command';
import { fileShelves } from '@/lib/files/shelves';
import { isLang } from '@/lib/i18n/languages';
import { findImport } from '@/lib/reconciliation/imports.queries';
import { confirmColumns } from '@/lib/reconciliation/statement/import.commands';
import { NO_COLUMNS, type MappedColumns } from '@/lib/reconciliation/statement/mapping.rules';
import { previewTable } from '@/lib/reconciliation/statement/preview.rules';

/** The columns as the person chose them, over what the preview had guessed. */
export async function confirmTable(form: FormData): Promise<void> {
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const spoken = text('lang');
  const lang = isLang(spoken) ? spoken : 'zh-Hans';
  const actor = await requireStaff('statement:import', lang);
  const found = await findImport(text('import'));
  const bytes = found && (await fileShelves().sealed.read(found.sha256));
  const preview = bytes ? previewTable(bytes) : null;
  if (!found || preview === null || preview === 'header_differs') redirect(`/${lang}/finance/statements`);
  const columns: { -readonly [Name in keyof MappedColumns]: MappedColumns[Name] } = {
    ...NO_COLUMNS,
    memo: [],
  };
  for (let n = 0; form.has(`column${n}`) && n < 500; n += 1) {
    const name = text(`column${n}`);
    if (name === 'memo') columns.memo = [...columns.memo, n];
    else if (name !== '' && Object.hasOwn(NO_COLUMNS, name))
      columns[name as Exclude<keyof MappedColumns, 'memo'>] = n;
  }
  const mapping = {
    ...preview.mapping,
    columns: {
      ...columns,
      otherDate: preview.mapping.columns.otherDate,
      account: preview.mapping.columns.account,
    },
    dateOrder: text('dateOrder') === '' ? preview.mapping.dateOrder : text('dateOrder'),
    sign: text('sign'),
    currency: preview.mapping.currency ?? found.currency,
  };
  const confirmed = await runCommand(confirmColumns, { import: found.code, mapping }, actor, {
    key: text('key'),
  });
  redirect(
    `/${lang}/finance/statements/${found.code}${confirmed.ok ? '' : `?refused=${confirmed.refusal.name}`}`,
  );
}
