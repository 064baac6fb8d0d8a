import type { ApprovalDetail, Bidder } from '@/lib/approvals/approval-detail.queries';
import { checksOf, type Check } from '@/lib/approvals/approval.rules';
import type { Waiting } from '@/lib/approvals/approvals.queries';
import { mayDo, type Permission } from '@/lib/auth/roles.rules';
import type { StaffActor } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { amountText, dateText, percentText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { newId } from '@/lib/shared/id';
import { Amt } from '../../../_ui/amt/component';
import { Chip } from '../../../_ui/chip/component';
import { Code } from '../../../_ui/code/component';
import { Checks, DiffTable, MakerChecker, type Change } from '../../../_ui/review/component';
import { Msg } from '../../../_ui/msg/component';
import { Panel } from '../../../_ui/staff/component';
import { refundReason } from '../_desk/refund-reason';
import { ActForm } from '../_desk/act-form';
import { actOnDesk } from '../_desk/action';
import { tieWords } from '../contractors/tie-words';
import { ItemLines } from './item-lines';
import { amountOf } from './item-words';
import { RoadEffect } from './road-effect';

/** Kinds that are approved here, by the act of the desk; the others are decided on their own pages. */
const APPROVE: Readonly<Partial<Record<Waiting['kind'], string>>> = {
  budget: 'budget.approve',
  allocation: 'allocation.approve',
  'allocation-plan': 'allocation-plan.approve',
  'plan-change': 'plan-change.decide',
  contract: 'contract.approve',
  variation: 'variation.approve',
  disbursement: 'disbursement.approve',
  donation: 'donation.verify',
};
/** Sending back is an act of these kinds; the others are decided by approving or by the maker's new version. */
const RETURNABLE = new Set(['allocation', 'allocation-plan', 'plan-change', 'contract', 'disbursement']);

/**
 * What is taken back, with a reason, while it waits: a proposal by its maker; a gift that was recorded by mistake by
 * whoever may record one, for its money may not wait until that colleague is back.
 */
const TAKE_BACK: Readonly<
  Partial<Record<Waiting['kind'], { act: string; permission: Permission; makerOnly: boolean }>>
> = {
  allocation: { act: 'allocation.withdraw', permission: 'allocation:propose', makerOnly: true },
  'allocation-plan': { act: 'allocation-plan.withdraw', permission: 'allocation:propose', makerOnly: true },
  donation: { act: 'donation.cancel', permission: 'donation:record', makerOnly: false },
};

/** Who reads: the person signed in, by the name colleagues know. */
export type Reader = StaffActor & { readonly name: string };

type Props = { lang: Lang; item: Waiting; detail: ApprovalDetail; actor: Reader };

/** What whoever signs must have seen: a declared interest, a telephone or account shared with a bidder or one of us. */
function BidderFlags({ lang, bidder }: { lang: Lang; bidder: Bidder }) {
  if (bidder.conflict === null && bidder.ties.length === 0) return null;
  const t = words(lang, 'roadWork');
  return (
    <div className="panel-part">
      <Msg kind="warn" title={`${t('contractors.ties')}: ${bidder.code} ${bidder.name[lang]}`}>
        {bidder.conflict !== null && (
          <p>
            {t('contractors.conflict')}: {bidder.conflict}
          </p>
        )}
        {bidder.ties.length > 0 && <p>{tieWords(lang, bidder.ties)}</p>}
      </Msg>
    </div>
  );
}

/** One item whole: who made it, what changes, what it does to the road, what was checked, and the decision. */
export function ItemDetail({ lang, item, detail, actor }: Props) {
  const t = words(lang, 'approvals');
  const kinds = words(lang, 'desk');
  const own = item.makerId === actor.personId;
  const whole = amountOf(item, item.amountMinor);
  const checker = own ? { name: '?', role: t('checker'), note: t('otherMustSign') } : youAs(actor, lang);
  return (
    <Panel
      flush
      title={
        <>
          {kinds(`kinds.${item.kind}`)} {item.code}
          {item.segment !== null && (
            <>
              {' · '}
              <Code code={item.segment} href={`/${lang}/finance/roads/${item.segment}`} />{' '}
              {detail.roadName?.[lang]}
            </>
          )}{' '}
          <Chip kind="check" icon="lens" size="small">
            {t('waiting')}
          </Chip>
        </>
      }
      aside={whole && <Amt value={whole} />}
    >
      <div className="panel-part panel-sunk">
        <MakerChecker
          maker={{
            name: item.makerName,
            role: t('maker'),
            note: t('submittedOn', { on: dateText(item.on, lang) }),
          }}
          checker={checker}
        />
      </div>
      {detail.bidder && <BidderFlags lang={lang} bidder={detail.bidder} />}
      <section className="panel-part">
        <h3>{t('what')}</h3>
        <DiffTable lang={lang} caption={t('what')} changes={changesOf(lang, item, detail)} />
        {item.note !== null && (
          <p>
            <b>{t('note', { name: item.makerName })}</b> {noteOf(lang, item.kind, item.note)}
          </p>
        )}
      </section>
      <ItemLines lang={lang} item={item} lines={detail.lines} />
      {detail.around.road && <RoadEffect lang={lang} item={item} road={detail.around.road} />}
      <section className="panel-part">
        <h3>{t('checked')}</h3>
        <Checks
          checks={checksOf(item, actor.personId, detail.around).map((check) => ({
            text: t(`check.${check.name}`),
            holds: check.holds,
            figures: figuresOf(lang, item, actor, check),
          }))}
        />
      </section>
      <Decision lang={lang} item={item} own={own} actor={actor} />
    </Panel>
  );
}

/** A note as it was written; where the system wrote it by a key, in the reader's words. */
const noteOf = (lang: Lang, kind: Waiting['kind'], note: string): string => {
  if (kind === 'refund') return refundReason(note, lang);
  const [, stage, rest = ''] = (kind === 'disbursement' && /^([a-z]+)(.*)$/u.exec(note)) || [];
  return stage === undefined ? note : `${words(lang, 'desk')(`stages.${stage as 'final'}`)}${rest}`;
};

const youAs = (actor: Reader, lang: Lang) => {
  const t = words(lang, 'approvals');
  return { name: actor.name, role: t('checkerYou'), note: t('notSigned') };
};

const changesOf = (lang: Lang, item: Waiting, detail: ApprovalDetail): Change[] => {
  const t = words(lang, 'approvals');
  const show = (minor: bigint, sign?: 'always') => {
    const amount = amountOf(item, minor);
    return amount ? <Amt value={amount} {...(sign && { sign })} /> : '—';
  };
  const amount: Change =
    item.beforeMinor === null
      ? { item: t(`amount.${item.kind}`), before: null, after: show(item.amountMinor) }
      : {
          item: t(`amount.${item.kind}`),
          before: show(item.beforeMinor),
          after: show(item.amountMinor),
          difference: (
            <>
              {show(item.amountMinor - item.beforeMinor, 'always')}
              {item.beforeMinor > 0n && item.amountMinor >= item.beforeMinor && (
                <> (+{percentText(item.amountMinor - item.beforeMinor, item.beforeMinor)})</>
              )}
            </>
          ),
        };
  const { document } = detail;
  if (!document) return [amount];
  return [amount, { item: t('evidence'), before: null, after: `${document.code} ${document.title[lang]}` }];
};

const figuresOf = (lang: Lang, item: Waiting, actor: Reader, check: Check): string => {
  const text = (minor: bigint): string => {
    const amount = amountOf(item, minor);
    return amount ? amountText(amount) : '—';
  };
  switch (check.name) {
    case 'two_people':
      return `${item.makerName} ${check.holds ? '≠' : '='} ${actor.name}`;
    case 'fits_unallocated':
    case 'fits_road':
    case 'fits_certified':
      return `${text(check.leftMinor)} ${check.holds ? '≤' : '>'} ${text(check.rightMinor)}`;
    case 'covers_budget':
      return `${text(check.leftMinor)} ${check.holds ? '≥' : '<'} ${text(check.rightMinor)}`;
    case 'under_tenth':
      return check.partMinor < 0n ? text(check.partMinor) : percentText(check.partMinor, check.wholeMinor);
    case 'enough_quotes':
      return `${check.received} ${check.holds ? '≥' : '<'} ${check.required}`;
    case 'has_evidence':
      return item.document ?? '—';
    case 'unchanged':
      return `${item.version === null ? '' : words(lang, 'approvals')('version', { n: item.version })} ${item.contentHash.slice(0, 8)}`.trim();
  }
};

type DecisionProps = { lang: Lang; item: Waiting; own: boolean; actor: StaffActor };

function Decision({ lang, item, own, actor }: DecisionProps) {
  const t = words(lang, 'approvals');
  const approve = own || !actor.roles.includes('approver') ? undefined : APPROVE[item.kind];
  const back = TAKE_BACK[item.kind];
  const mayTakeBack =
    back !== undefined && (own || !back.makerOnly) && mayDo(actor, back.permission) === 'allowed';
  const hidden = { lang, back: `/${lang}/finance/approvals`, code: item.code, on: accountingToday() };
  return (
    <div className="panel-part decision">
      {own && (
        <Chip kind="held" icon="lock">
          {t('own')}
        </Chip>
      )}
      {approve !== undefined && (
        <ActForm
          id="approve"
          lang={lang}
          action={actOnDesk}
          hidden={{
            ...hidden,
            seenHash: item.contentHash,
            version: String(item.version ?? ''),
            act: approve,
            key: newId(),
          }}
          fields={[]}
          submit={t('approve')}
          hotkey="A"
          refusedTitle={words(lang, 'desk')('act.refused')}
        />
      )}
      {approve !== undefined && RETURNABLE.has(item.kind) && (
        <WithReason
          id="return"
          lang={lang}
          hidden={{ ...hidden, act: `${item.kind}.return` }}
          says={{ open: t('return'), reason: t('returnReason'), send: t('returnSend') }}
        />
      )}
      {mayTakeBack && (
        <WithReason
          id="take-back"
          lang={lang}
          hidden={{ ...hidden, act: back.act }}
          says={
            item.kind === 'donation'
              ? { open: t('cancel'), reason: t('cancelReason'), send: t('cancelSend') }
              : { open: t('takeBack'), reason: t('takeBackReason'), send: t('takeBackSend') }
          }
        />
      )}
      {approve !== undefined && <p className="desk-note">{t('public')}</p>}
      {!own && approve === undefined && <p className="desk-note">{t('notYours')}</p>}
    </div>
  );
}

type WithReasonProps = {
  id: string;
  lang: Lang;
  hidden: Readonly<Record<string, string>>;
  says: { open: string; reason: string; send: string };
};

/** An act that needs its reason, folded away; R opens it. An item has one such act for each reader. */
function WithReason({ id, lang, hidden, says }: WithReasonProps) {
  return (
    <details className="decision-return">
      <summary className="btn btn-line btn-dense">
        {says.open} <kbd>R</kbd>
      </summary>
      <ActForm
        id={id}
        lang={lang}
        action={actOnDesk}
        hidden={{ ...hidden, key: newId() }}
        fields={[{ kind: 'text', name: 'reason', label: says.reason }]}
        submit={says.send}
        refusedTitle={words(lang, 'desk')('act.refused')}
        kind="line"
      />
    </details>
  );
}
