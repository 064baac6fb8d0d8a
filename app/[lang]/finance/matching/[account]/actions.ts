'use server';

import { redirect } from 'next/navigation';
import { requireStaff } from '@/lib/auth/session';
import { isLang } from '@/lib/i18n/languages';
import { acceptCertain } from '@/lib/reconciliation/accept.flow';
import { noteRefusal } from '@/lib/server/refusal-log';
import { ownAccounts } from '@/lib/reconciliation/workspace.queries';

/** Accepts the certain matches that were ticked, as they were seen. */
export async function acceptTicked(form: FormData): Promise<void> {
  const lang = form.get('lang');
  const spoken = typeof lang === 'string' && isLang(lang) ? lang : 'zh-Hans';
  const actor = await requireStaff('match:make', spoken);
  const account = (await ownAccounts()).find((one) => one.code === form.get('account'));
  const key = form.get('key');
  if (!account || typeof key !== 'string') {
    noteRefusal(
      account ? { code: 'key_wrong', field: 'key' } : { code: 'value_not_offered', field: 'account' },
    );
    redirect(`/${spoken}/finance/matching`);
  }
  const ticked = new Map(
    form.getAll('pick').flatMap((value): [bigint, number][] => {
      const shape = typeof value === 'string' ? /^(\d{1,18}):(\d{1,9})$/.exec(value) : null;
      return shape ? [[BigInt(shape[1] ?? '0'), Number.parseInt(shape[2] ?? '0', 10)]] : [];
    }),
  );
  const { accepted, left } = await acceptCertain(account, ticked, actor, key);
  redirect(`/${spoken}/finance/matching/${account.code}?accepted=${accepted}&left=${left}`);
}
