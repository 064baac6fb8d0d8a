import type { ApprovalDetail, Bidder } from '@/lib/approvals/approval-detail.queries';
import { checksOf, type Check } from '@/lib/approvals/approval.rules';
import type { Waiting } from '@/lib/approvals/approvals.queries';
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

/** Who reads: the person signed in, by the name colleagues know. */
export type Reader = Pick<StaffActor, 'personId' | 'roles'> & { readonly name: string };

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
      <Decision lang={lang} item={item} own={own} approver={actor.roles.includes('approver')} />
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

function Decision({
  lang,
  item,
  own,
  approver,
}: {
  lang: Lang;
  item: Waiting;
  own: boolean;
  approver: boolean;
}) {
  const t = words(lang, 'approvals');
  const desk = words(lang, 'desk');
  const approve = APPROVE[item.kind];
  if (own)
    return (
      <div className="panel-part">
        <Chip kind="held" icon="lock">
          {t('own')}
        </Chip>
      </div>
    );
  if (!approver || approve === undefined) return <p className="panel-part desk-note">{t('notYours')}</p>;
  const hidden = {
    lang,
    back: `/${lang}/finance/approvals`,
    code: item.code,
    seenHash: item.contentHash,
    version: String(item.version ?? ''),
    on: accountingToday(),
  };
  return (
    <div className="panel-part decision">
      <ActForm
        id="approve"
        lang={lang}
        action={actOnDesk}
        hidden={{ ...hidden, act: approve, key: newId() }}
        fields={[]}
        submit={t('approve')}
        hotkey="A"
        refusedTitle={desk('act.refused')}
      />
      {RETURNABLE.has(item.kind) && (
        <details className="decision-return">
          <summary className="btn btn-line btn-dense">
            {t('return')} <kbd>R</kbd>
          </summary>
          <ActForm
            id="return"
            lang={lang}
            action={actOnDesk}
            hidden={{ ...hidden, act: `${item.kind}.return`, key: newId() }}
            fields={[{ kind: 'text', name: 'reason', label: t('returnReason') }]}
            submit={t('returnSend')}
            refusedTitle={desk('act.refused')}
            kind="line"
          />
        </details>
      )}
      <p className="desk-note">{t('public')}</p>
    </div>
  );
}
