import type { Metadata } from 'next';
import { approvalDetail } from '@/lib/approvals/approval-detail.queries';
import { requireStaff } from '@/lib/auth/session';
import { words } from '@/lib/i18n/words';
import { Empty, Msg } from '../../../_ui/msg/component';
import { Keys } from '../../../_ui/review/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { Desk, doneText } from '../_desk/desk';
import { inboxNow, nameNow } from '../_desk/waiting';
import { ApprovalKeys } from './approval-keys';
import { InboxList } from './inbox-list';
import { ItemDetail } from './item-detail';
import { ItemEvidence } from './item-evidence';
import { itemKey } from './item-words';

type Props = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<{ done?: string | string[]; item?: string | string[] }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'approvals')('title') };
}

/** Everything one person made and another must look at: the list, one item whole, and what it rests on. */
export default async function ApprovalsPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'approvals');
  const { done, item: asked } = await searchParams;
  const [inbox, name] = await Promise.all([inboxNow(), nameNow(actor.personId)]);
  const own = inbox.filter((item) => item.makerId === actor.personId).length;
  const chosen =
    inbox.find((item) => itemKey(item) === asked) ??
    inbox.find((item) => item.makerId !== actor.personId) ??
    inbox[0];
  const detail = chosen && (await approvalDetail(chosen));
  const said = doneText(lang, done);
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('title')} over={t('over', { others: inbox.length - own, own })}>
        <Keys
          keys={[
            { keys: ['J', 'K'], does: t('keys.move') },
            { keys: ['A'], does: t('keys.approve') },
            { keys: ['R'], does: t('keys.return') },
            { keys: ['E'], does: t('keys.evidence') },
          ]}
        />
      </StaffTitle>
      {said && <Msg kind="ok" title={said} />}
      {chosen && detail ? (
        <div className="approvals">
          <Panel flush title={t('list', { count: inbox.length })} aside={t('newestFirst')}>
            <InboxList lang={lang} items={inbox} readerId={actor.personId} chosen={chosen} />
            <p className="panel-part desk-note">{t('forGood')}</p>
          </Panel>
          <ItemDetail lang={lang} item={chosen} detail={detail} actor={{ ...actor, name }} />
          <ItemEvidence lang={lang} detail={detail} />
          <ApprovalKeys />
        </div>
      ) : (
        <Empty title={t('empty')}>{t('emptyBody')}</Empty>
      )}
    </Desk>
  );
}
