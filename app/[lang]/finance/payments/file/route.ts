import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { transferList } from '@/lib/contracts/contractor.queries';
import { isLang, type Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { csvText } from '@/lib/shared/csv';
import { isCurrency, toDecimal } from '@/lib/shared/money';

/** The approved payments as a file for the bank's batch transfer: one line each, our number as the reference. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ lang: string }> },
): Promise<Response> {
  const { lang: given } = await params;
  const lang: Lang = isLang(given) ? given : 'zh-Hans';
  await requireStaff('disbursement:pay', lang);
  const t = words(lang, 'roadWork');
  const body = csvText(
    [
      { name: t('transfer.payee'), kind: 'text', value: (row) => row.name['zh-Hans'] },
      { name: t('transfer.account'), kind: 'text', value: (row) => row.bankAccount },
      {
        name: t('transfer.amount'),
        kind: 'amount',
        value: (row) => (isCurrency(row.currency) ? toDecimal(row.amountMinor, row.currency) : null),
      },
      { name: t('transfer.currency'), kind: 'text', value: (row) => row.currency },
      { name: t('transfer.reference'), kind: 'text', value: (row) => row.code },
      { name: t('transfer.use'), kind: 'text', value: (row) => `${row.segment} ${row.contract}` },
    ],
    await transferList(),
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="transfers-${accountingToday()}.csv"`,
      'cache-control': 'private, no-store',
    },
  });
}
