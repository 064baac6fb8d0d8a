import { mayDo } from '@/lib/auth/roles.rules';
import type { StaffActor } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { PrintedAccount, WaitingAccount } from '@/lib/payments/transfer-account.queries';
import { newId } from '@/lib/shared/id';
import { Msg } from '../../../_ui/msg/component';
import { Checks, DiffTable, MakerChecker, type Change } from '../../../_ui/review/component';
import { Panel } from '../../../_ui/staff/component';
import { ActForm } from '../_desk/act-form';
import { actOnDesk } from '../_desk/action';

type Props = {
  readonly lang: Lang;
  readonly actor: StaffActor & { readonly name: string };
  readonly waiting: WaitingAccount;
  readonly current: PrintedAccount | null;
};

/** A proposed account beside the one in use, what the system found out about it, and the decision. */
export function WaitingChange({ lang, actor, waiting, current }: Props) {
  const t = words(lang, 'transferAccounts');
  const own = waiting.makerId === actor.personId;
  const submitted = t('submitted', { date: dateText(waiting.on, lang) });
  return (
    <Panel flush title={t('waiting')}>
      <div className="panel-part panel-sunk">
        <MakerChecker
          maker={{ name: waiting.maker, role: t('maker'), note: submitted }}
          checker={
            own
              ? { name: '?', role: t('checker'), note: t('another') }
              : { name: actor.name, role: t('checkerYou'), note: t('notSigned') }
          }
        />
      </div>
      <section className="panel-part">
        <h3>{t('change')}</h3>
        <DiffTable lang={lang} caption={t('change')} changes={changesOf(lang, waiting, current)} />
        <p>
          <b>{t('reason')}</b> {waiting.reason}
        </p>
      </section>
      <section className="panel-part">
        <h3>{t('checks')}</h3>
        <Checks
          checks={[
            {
              text: t('twoPeople'),
              holds: !own,
              figures: `${waiting.maker} ${own ? '=' : '≠'} ${actor.name}`,
            },
            {
              text: waiting.readAs === null ? t('statementsNone') : t('statementsRead'),
              holds: waiting.readAs !== null,
              figures: waiting.readAs ?? waiting.accountNumber.slice(-4),
            },
          ]}
        />
        {!own && <Msg kind="warn" title={t('askByPhone')} />}
      </section>
      <Decision lang={lang} actor={actor} waiting={waiting} own={own} />
    </Panel>
  );
}

const changesOf = (lang: Lang, waiting: WaitingAccount, current: PrintedAccount | null): Change[] => {
  const t = words(lang, 'transferAccounts');
  const row = (item: string, before: string | undefined, after: string): Change => ({
    item,
    before: before ?? null,
    after: before === after ? null : after,
  });
  return [
    row(t('holder'), current?.holder['zh-Hans'], waiting.holder['zh-Hans']),
    row(t('number'), current?.accountNumber, waiting.accountNumber),
    row(t('bank'), current?.bank['zh-Hans'], waiting.bank['zh-Hans']),
    row(t('holderEn'), current?.holder.en, waiting.holder.en),
    row(t('bankEn'), current?.bank.en, waiting.bank.en),
  ];
};

function Decision({ lang, actor, waiting, own }: Omit<Props, 'current'> & { readonly own: boolean }) {
  const t = words(lang, 'transferAccounts');
  const act = (
    name: 'approve' | 'return' | 'withdraw',
    submit: string,
    reason: string | null,
    kind: 'primary' | 'line',
  ) => (
    <ActForm
      id={`${name}-account`}
      lang={lang}
      action={actOnDesk}
      hidden={{
        lang,
        back: `/${lang}/finance/transfer-accounts`,
        act: `transfer_account.${name}`,
        code: waiting.id,
        seenHash: waiting.hash,
        on: accountingToday(),
        key: newId(),
      }}
      fields={reason === null ? [] : [{ kind: 'text', name: 'reason', label: reason }]}
      submit={submit}
      kind={kind}
      refusedTitle={words(lang, 'desk')('act.refused')}
    />
  );
  if (own)
    return <div className="panel-part">{act('withdraw', t('withdraw'), t('withdrawReason'), 'line')}</div>;
  if (mayDo(actor, 'transfer_account:approve') !== 'allowed') return null;
  return (
    <div className="panel-part decision">
      {act('approve', t('approve'), null, 'primary')}
      <details className="decision-return">
        <summary className="btn btn-line btn-dense">{t('back')}</summary>
        {act('return', t('back'), t('backReason'), 'line')}
      </details>
    </div>
  );
}
