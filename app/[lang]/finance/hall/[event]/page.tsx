import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Msg } from '@/app/_ui/msg/component';
import { langParam } from '@/app/_ui/site/page-lang';
import { Panel, StaffTitle } from '@/app/_ui/staff/component';
import { BtnLink } from '@/app/_ui/btn/component';
import { requireStaff } from '@/lib/auth/session';
import { newSecret } from '@/lib/auth/secrets';
import { words } from '@/lib/i18n/words';
import { batchPledges, deskEvents } from '@/lib/pledges/hall.queries';
import { isCurrency } from '@/lib/shared/money';
import { accountingDate, addMonths } from '@/lib/shared/time';
import { Desk } from '../../_desk/desk';
import { recordBatch } from '../actions';
import { BatchForm } from './batch-form';

type Props = {
  params: Promise<{ lang: string; event: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'hall')('desk.cards') };
}

/** Paper cards of one evening, typed in batches. */
export default async function BatchPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('hall:manage', lang);
  const { event: slug } = await params;
  const asked = await searchParams;
  const event = (await deskEvents()).find((one) => one.slug === slug);
  if (!event) notFound();
  const t = words(lang, 'hall');
  const rows = asked['rows'] === '50' ? 50 : 10;
  const batch =
    typeof asked['batch'] === 'string' && /^B-\d{4,}$/.test(asked['batch']) ? asked['batch'] : null;
  const pledges = batch === null ? [] : await batchPledges(batch);
  const today = accountingDate(new Date(), 'Asia/Shanghai');
  const pattern = { count: '{count}', total: '{total}' } as const;
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('desk.batchTitle', { event: event.name[lang] })} over={t('desk.batchHint')} />
      {batch !== null && pledges.length > 0 && (
        <Msg kind="ok" title={t('desk.saved', { batch, count: pledges.length })}>
          <p className="num">{pledges.map((one) => `${one.code} ${one.reference}`).join(' · ')}</p>
        </Msg>
      )}
      <Panel>
        <BatchForm
          action={recordBatch.bind(null, slug)}
          hidden={{ lang, key: newSecret(), currency: event.currency, rows: String(rows), on: today }}
          currency={isCurrency(event.currency) ? event.currency : 'CNY'}
          rows={rows}
          due={addMonths(today, 1)}
          t={{
            count: t('desk.count'),
            total: t('desk.total'),
            card: t('desk.card'),
            cardName: t('desk.cardName'),
            phone: t('desk.phone'),
            amount: t('desk.amount'),
            road: t('desk.road'),
            named: t('desk.named'),
            due: t('desk.due'),
            typed: t('desk.typed', pattern),
            differs: t('desk.differs', pattern),
            agrees: t('desk.agrees'),
            save: t('desk.save'),
            refused: t('desk.refused'),
            rows: t('desk.rows'),
          }}
        />
        {rows === 10 && (
          <BtnLink kind="quiet" href={`/${lang}/finance/hall/${slug}?rows=50`}>
            {t('desk.rows')}
          </BtnLink>
        )}
      </Panel>
    </Desk>
  );
}
