import type { Metadata } from 'next';
import { pilesOf, type Pile } from '@/lib/approvals/overview.rules';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday, daysSince } from '@/lib/clock';
import { campaignNumbers, homeCampaign, type CampaignNumbers } from '@/lib/disclosure/campaign.queries';
import { exceptions } from '@/lib/exceptions/exceptions.queries';
import { dateText, momentText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { latestProofs } from '@/lib/proofs/latest.queries';
import { Empty, Msg } from '../../_ui/msg/component';
import { langParam } from '../../_ui/site/page-lang';
import { Figures, Panel, StaffTitle } from '../../_ui/staff/component';
import { Table } from '../../_ui/table/component';
import { Desk } from './_desk/desk';
import { Money } from './_desk/money';
import { inboxNow, payableNow } from './_desk/waiting';

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'desk')('overview.title') };
}

/** The desk in the morning: where the money stands, what waits for me, what nobody has explained, whether all proofs hold. */
export default async function OverviewPage({ params }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'desk');
  const slug = await homeCampaign();
  const [numbers, inbox, payable, unexplained, proofs] = await Promise.all([
    slug === null ? null : campaignNumbers(slug),
    inboxNow(),
    payableNow(),
    exceptions(),
    latestProofs(),
  ]);
  const mine = inbox.filter((item) => item.makerId === actor.personId).length;
  const base = `/${lang}/finance`;
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('overview.title')} over={dateText(accountingToday(), lang)} />
      {numbers && <Numbers lang={lang} numbers={numbers} />}
      <div className="desk-steps">
        <Panel title={t('overview.waiting')} flush>
          <Piles
            lang={lang}
            caption={t('overview.waiting')}
            piles={[
              ...pilesOf(
                inbox.filter((item) => item.makerId !== actor.personId),
                (item) => item.kind,
                (item) => new Date(item.on),
              ).map((pile) => ({ ...pile, name: t(`kinds.${pile.kind}`), href: `${base}/approvals` })),
              ...pilesOf(
                payable,
                () => 'pay',
                (item) => new Date(item.approvedOn),
              ).map((pile) => ({ ...pile, name: t('overview.toPay'), href: `${base}/payments` })),
            ]}
            none={t('overview.noneWaiting')}
          />
          {mine > 0 && (
            <p className="panel-part">
              <a href={`${base}/approvals`}>{t('overview.mine', { count: mine })}</a>
            </p>
          )}
        </Panel>
        <Panel title={t('overview.unexplained')} flush>
          <Piles
            lang={lang}
            caption={t('overview.unexplained')}
            piles={pilesOf(
              unexplained,
              (item) => item.kind,
              (item) => item.since,
            ).map((pile) => ({
              ...pile,
              name: words(lang, 'books')(`exceptionKinds.${pile.kind}` as 'exceptionKinds.invariant'),
              href: `${base}/exceptions`,
            }))}
            none={t('overview.noneUnexplained')}
          />
        </Panel>
        <Panel title={t('overview.proofs')}>
          <Proofs lang={lang} proofs={proofs} />
        </Panel>
      </div>
    </Desk>
  );
}

/** The five numbers and whether they close, as the public sees them at this moment. */
function Numbers({ lang, numbers }: { lang: Lang; numbers: CampaignNumbers }) {
  const t = words(lang, 'ui');
  const { currency } = numbers;
  const differs =
    numbers.received_minor +
    numbers.shortfall_minor -
    numbers.fees_minor -
    numbers.unallocated_minor -
    numbers.allocated_minor;
  const five = [
    ['pledged', numbers.pledged_minor],
    ['received', numbers.received_minor],
    ['allocated', numbers.allocated_minor],
    ['committed', numbers.committed_minor],
    ['paid', numbers.paid_minor],
  ] as const;
  return (
    <Figures
      figures={[
        ...five.map(([name, minor]) => ({
          term: t(`five.${name}`),
          value: <Money minor={minor} currency={currency} />,
        })),
        {
          term: words(lang, 'desk')('overview.differs'),
          value: <Money minor={differs} currency={currency} />,
          due: differs !== 0n,
        },
      ]}
    />
  );
}

type NamedPile = Pile<unknown> & { readonly name: string; readonly href: string };

function Piles({
  lang,
  caption,
  piles,
  none,
}: {
  lang: Lang;
  caption: string;
  piles: readonly NamedPile[];
  none: string;
}) {
  const t = words(lang, 'desk');
  return (
    <Table
      lang={lang}
      look="dense"
      caption={caption}
      captionHidden
      rows={piles}
      rowKey={(pile) => pile.name}
      empty={<Empty title={none} />}
      columns={[
        {
          key: 'what',
          head: t('overview.what'),
          names: true,
          cell: (pile) => <a href={pile.href}>{pile.name}</a>,
        },
        { key: 'count', head: t('overview.count'), numeric: true, cell: (pile) => pile.count },
        {
          key: 'oldest',
          head: t('overview.oldest'),
          numeric: true,
          cell: (pile) => t('overview.days', { days: daysSince(pile.oldest) }),
        },
      ]}
    />
  );
}

/** That every proof of state holds, or which do not: the thing to look at before anything else. */
function Proofs({ lang, proofs }: { lang: Lang; proofs: Awaited<ReturnType<typeof latestProofs>> }) {
  const t = words(lang, 'desk');
  const broken = proofs.filter((proof) => proof.offenders !== 0n);
  const last = proofs.reduce<Date | null>(
    (latest, { checkedAt }) => (latest === null || checkedAt > latest ? checkedAt : latest),
    null,
  );
  if (last === null) return <Empty title={t('health.never')}>{t('health.neverBody')}</Empty>;
  return (
    <>
      {broken.length === 0 ? (
        <Msg kind="ok" title={t('overview.allHold', { count: proofs.length })} />
      ) : (
        <Msg kind="err" title={t('overview.broken', { count: broken.length })}>
          <ul>
            {broken.map(({ name }) => (
              <li key={name}>{words(lang, 'proofs')(name)}</li>
            ))}
          </ul>
        </Msg>
      )}
      <p>
        <a href={`/${lang}/finance/proofs`}>{t('overview.checkedAt', { when: momentText(last, lang) })}</a>
      </p>
    </>
  );
}
