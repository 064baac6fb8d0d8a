import type { Metadata } from 'next';
import { approvalsInbox, type Waiting } from '@/lib/approvals/approvals.queries';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { isCurrency, money } from '@/lib/shared/money';
import { newId } from '@/lib/shared/id';
import { Amt } from '../../../_ui/amt/component';
import { Chip } from '../../../_ui/chip/component';
import { Code } from '../../../_ui/code/component';
import { Empty, Msg } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { ActForm } from '../_desk/act-form';
import { actOnDesk } from '../_desk/action';
import { Desk, doneText } from '../_desk/desk';

type Props = { params: Promise<{ lang: string }>; searchParams: Promise<{ done?: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'desk')('inbox.title') };
}

const Money = ({ minor, currency }: { minor: bigint; currency: string }) =>
  isCurrency(currency) ? <Amt value={money(currency, minor)} /> : null;

/** Everything one person made and another must look at, with what changes and who made it. */
export default async function ApprovalsPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'desk');
  const inbox = await approvalsInbox();
  const own = inbox.filter((item) => item.makerId === actor.personId).length;
  const done = doneText(lang, (await searchParams).done);
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('inbox.title')} over={t('inbox.over', { others: inbox.length - own, own })} />
      {done && <Msg kind="ok" title={done} />}
      {inbox.length === 0 ? (
        <Empty title={t('inbox.empty')}>{t('inbox.emptyBody')}</Empty>
      ) : (
        <ul className="desk-list">
          {inbox.map((item) => (
            <li key={`${item.kind}-${item.code}`}>
              <Item
                lang={lang}
                item={item}
                own={item.makerId === actor.personId}
                approver={actor.roles.includes('approver')}
              />
            </li>
          ))}
        </ul>
      )}
    </Desk>
  );
}

/** Sending back is an act of these kinds; the others are decided by approving or by the maker's new version. */
const RETURNABLE = new Set(['allocation', 'contract', 'disbursement']);
const APPROVE: Readonly<Partial<Record<Waiting['kind'], string>>> = {
  budget: 'budget.approve',
  allocation: 'allocation.approve',
  contract: 'contract.approve',
  variation: 'variation.approve',
  disbursement: 'disbursement.approve',
  donation: 'donation.verify',
};

function Item({ lang, item, own, approver }: { lang: Lang; item: Waiting; own: boolean; approver: boolean }) {
  const t = words(lang, 'desk');
  const approve = APPROVE[item.kind];
  const hidden = {
    lang,
    back: `/${lang}/finance/approvals`,
    code: item.code,
    seenHash: item.contentHash,
    version: String(item.version ?? ''),
    on: accountingToday(),
  };
  const id = `${item.kind}-${item.code}`.replace(/[^A-Za-z0-9-]/g, '-');
  return (
    <Panel
      title={
        <>
          {t(`kinds.${item.kind}`)} <Code code={item.code} />
        </>
      }
      aside={<Money minor={item.amountMinor} currency={item.currency} />}
    >
      <p>
        {t('inbox.made', { name: item.makerName, on: dateText(item.on, lang) })}
        {item.segment !== null && (
          <>
            {' · '}
            <Code code={item.segment} href={`/${lang}/finance/roads/${item.segment}`} />
          </>
        )}
      </p>
      {item.beforeMinor !== null && (
        <dl className="desk-diff">
          <div>
            <dt>{t('inbox.before')}</dt>
            <dd>
              <del>
                <Money minor={item.beforeMinor} currency={item.currency} />
              </del>
            </dd>
          </div>
          <div>
            <dt>{t('inbox.after')}</dt>
            <dd>
              <ins>
                <Money minor={item.amountMinor} currency={item.currency} />
              </ins>
            </dd>
          </div>
          <div>
            <dt>{t('inbox.difference')}</dt>
            <dd>
              {isCurrency(item.currency) && (
                <Amt value={money(item.currency, item.amountMinor - item.beforeMinor)} sign="always" />
              )}
            </dd>
          </div>
        </dl>
      )}
      {item.note !== null && (
        <p>
          {t('inbox.note')}：{item.note}
        </p>
      )}
      {item.document !== null && (
        <p>
          {t('inbox.evidence')}：<Code code={item.document} />
        </p>
      )}
      {own ? (
        <Chip kind="held" icon="lock">
          {t('inbox.own')}
        </Chip>
      ) : (
        approver &&
        approve !== undefined && (
          <div className="desk-acts">
            <p className="desk-note">{t('inbox.checked')}</p>
            <ActForm
              id={`approve-${id}`}
              lang={lang}
              action={actOnDesk}
              hidden={{ ...hidden, act: approve, key: newId() }}
              fields={[]}
              submit={t('inbox.approve')}
              refusedTitle={t('act.refused')}
            />
            {RETURNABLE.has(item.kind) && (
              <ActForm
                id={`return-${id}`}
                lang={lang}
                action={actOnDesk}
                hidden={{ ...hidden, act: `${item.kind}.return`, key: newId() }}
                fields={[{ kind: 'text', name: 'reason', label: t('inbox.returnReason') }]}
                submit={t('inbox.return')}
                refusedTitle={t('act.refused')}
                kind="line"
              />
            )}
          </div>
        )
      )}
    </Panel>
  );
}
