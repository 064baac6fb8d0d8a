import type { Metadata } from 'next';
import { mayDo } from '@/lib/auth/roles.rules';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { giftBatches, giftsOfBatches } from '@/lib/donations/batch.queries';
import { CASH_FACES, seenOfBatch } from '@/lib/donations/batch.rules';
import { dateText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { ownCampaigns } from '@/lib/reconciliation/workspace.queries';
import { newId } from '@/lib/shared/id';
import { isCurrency, money, sumMinor, toDecimal } from '@/lib/shared/money';
import { Amt } from '../../../_ui/amt/component';
import { Chip } from '../../../_ui/chip/component';
import { Code } from '../../../_ui/code/component';
import { Empty, Msg } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { Table } from '../../../_ui/table/component';
import { ActForm } from '../_desk/act-form';
import { actOnDesk } from '../_desk/action';
import { Desk, doneText } from '../_desk/desk';
import { deskActs, fold } from '../_desk/desk-acts';
import { enterGifts } from './actions';
import { BatchForm } from './batch-form';

type Props = { params: Promise<{ lang: string }>; searchParams: Promise<{ done?: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'bank')('gifts.title') };
}

/** Gifts by hand: counted, entered, confirmed by a second person. */
export default async function GiftsPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'bank');
  const desk = words(lang, 'desk');
  const [batches, campaigns] = await Promise.all([giftBatches(), ownCampaigns()]);
  const waiting = batches.filter((batch) => batch.status === 'recorded');
  const gifts = await giftsOfBatches(waiting.map((batch) => batch.id));
  const done = doneText(lang, (await searchParams).done);
  const hidden = { lang, back: `/${lang}/finance/gifts`, on: accountingToday() };
  const mayVerify = mayDo(actor, 'donation:verify') === 'allowed';
  const act = deskActs(lang, actor, hidden.back);
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('gifts.title')} over={t('gifts.intro')} />
      {done !== null && <Msg kind="ok" title={done} />}
      {mayDo(actor, 'donation:record') === 'allowed' && (
        <Panel title={t('gifts.title')}>
          <BatchForm
            action={enterGifts}
            hidden={{ lang, currency: campaigns[0]?.currency ?? 'CNY', key: newId() }}
            today={accountingToday()}
            campaigns={campaigns.map((one) => ({ value: one.slug, label: one.name[lang] }))}
            faces={CASH_FACES.map((face) => ({
              value: String(face),
              label: t('gifts.face', { face: toDecimal(face, 'CNY') }),
            }))}
            says={{
              count: t('gifts.count'),
              total: t('gifts.total'),
              kind: t('gifts.kind'),
              mixed: t('gifts.mixed'),
              cash: t('gifts.cash'),
              cheque: t('gifts.cheque'),
              bank: t('gifts.bank'),
              on: t('gifts.on'),
              paste: t('gifts.paste'),
              pasteHint: t('gifts.pasteHint'),
              rows: t('gifts.rows'),
              name: t('gifts.name'),
              amount: t('gifts.amount'),
              channel: t('gifts.channel'),
              road: t('gifts.road'),
              pledge: t('gifts.pledge'),
              reference: t('gifts.reference'),
              sheet: t('gifts.sheet'),
              note: t('gifts.note'),
              submit: t('gifts.submit'),
              refused: desk('act.refused'),
              campaign: t('statements.campaign'),
            }}
          />
        </Panel>
      )}
      <h2>{t('gifts.waiting')}</h2>
      {waiting.length === 0 && <Empty title={t('gifts.empty')}>{t('gifts.emptyBody')}</Empty>}
      {waiting.map((batch) => {
        const all = gifts.filter((gift) => gift.batchId === batch.id);
        const left = all.filter((gift) => gift.status !== 'cancelled');
        const recorded = all.filter((gift) => gift.status === 'recorded');
        return (
          <Panel
            key={batch.code}
            title={<Code code={batch.code} />}
            aside={
              isCurrency(batch.currency) && (
                <Amt value={money(batch.currency, sumMinor(left.map((gift) => gift.amountMinor)))} />
              )
            }
          >
            <p>
              {t('gifts.gifts', { count: left.length })} ·{' '}
              {t('gifts.made', { name: batch.maker, on: dateText(batch.on, lang) })}
            </p>
            <Table
              caption={`${t('gifts.batch')} ${batch.code}`}
              captionHidden
              look="dense"
              lang={lang}
              rows={all}
              rowKey={(gift) => gift.code}
              columns={[
                { key: 'code', head: '#', names: true, cell: (gift) => gift.code },
                { key: 'name', head: t('gifts.name'), cell: (gift) => gift.name ?? '—' },
                {
                  key: 'way',
                  head: t('gifts.channel'),
                  cell: (gift) => t(`gifts.${gift.channel as 'cash'}`),
                },
                { key: 'road', head: t('gifts.road'), cell: (gift) => gift.designation ?? '' },
                { key: 'ref', head: t('gifts.reference'), cell: (gift) => gift.reference ?? '' },
                { key: 'state', head: t('gifts.state'), cell: (gift) => t(`gifts.${stateOf(gift)}`) },
                {
                  key: 'amount',
                  head: t('gifts.amount'),
                  numeric: true,
                  cell: (gift) =>
                    isCurrency(batch.currency) && <Amt value={money(batch.currency, gift.amountMinor)} />,
                },
              ]}
            />
            {batch.makerId === actor.personId ? (
              <Chip kind="held" icon="lock">
                {t('gifts.ownBatch')}
              </Chip>
            ) : (
              mayVerify && (
                <div className="desk-acts">
                  <ActForm
                    id={`verify-${batch.code}`}
                    lang={lang}
                    action={actOnDesk}
                    hidden={{
                      ...hidden,
                      act: 'gift_batch.verify',
                      batch: batch.code,
                      seenHash: seenOfBatch(batch, all),
                      key: newId(),
                    }}
                    fields={[]}
                    submit={t('gifts.verify')}
                    refusedTitle={desk('act.refused')}
                  />
                  <ActForm
                    id={`return-${batch.code}`}
                    lang={lang}
                    action={actOnDesk}
                    hidden={{ ...hidden, act: 'gift_batch.return', batch: batch.code, key: newId() }}
                    fields={[{ kind: 'text', name: 'reason', label: t('gifts.returnWhy') }]}
                    submit={t('gifts.return')}
                    refusedTitle={desk('act.refused')}
                    kind="line"
                  />
                </div>
              )
            )}
            {recorded.length > 0 &&
              fold(
                t('gifts.cancel'),
                act(
                  'donation.cancel',
                  'donation:record',
                  t('gifts.cancelSend'),
                  { on: hidden.on, batch: batch.code },
                  [
                    {
                      kind: 'choice',
                      name: 'code',
                      label: t('gifts.cancelWhich'),
                      choices: recorded.map((gift) => ({
                        value: gift.code,
                        label: [gift.code, gift.name ?? '—', plain(gift.amountMinor, batch.currency)].join(
                          ' · ',
                        ),
                      })),
                    },
                    { kind: 'text', name: 'reason', label: t('gifts.cancelWhy') },
                  ],
                ),
              )}
          </Panel>
        );
      })}
    </Desk>
  );
}

/** How a gift of a waiting bundle stands, in the words of the page. */
const stateOf = (gift: { readonly status: string }): 'recorded' | 'cancelled' | 'verified' =>
  gift.status === 'recorded' || gift.status === 'cancelled' ? gift.status : 'verified';

const plain = (minor: bigint, currency: string): string =>
  isCurrency(currency) ? toDecimal(minor, currency) : '—';
