import type { Metadata } from 'next';
import { mayDo, type Permission } from '@/lib/auth/roles.rules';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { contractorRegister } from '@/lib/contracts/contractor.queries';
import { words } from '@/lib/i18n/words';
import { newId } from '@/lib/shared/id';
import { Empty, Msg } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { Table } from '../../../_ui/table/component';
import { ActForm } from '../_desk/act-form';
import type { DeskField } from '../_desk/act-form.rules';
import { actOnDesk } from '../_desk/action';
import { Desk, doneText } from '../_desk/desk';
import { tieWords } from './tie-words';

type Props = { params: Promise<{ lang: string }>; searchParams: Promise<{ done?: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'roadWork')('contractors.title') };
}

/** The register of contractors, with what ties any of them to another bidder or to one of us. */
export default async function ContractorsPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'roadWork');
  const register = await contractorRegister();
  const done = doneText(lang, (await searchParams).done);
  const text = (name: string, label: string, optional = true): DeskField => ({
    kind: 'text',
    name,
    label,
    optional,
  });
  const form = (act: string, permission: Permission, title: string, fields: DeskField[]) =>
    mayDo(actor, permission) === 'allowed' && (
      <Panel title={title}>
        <ActForm
          id={act.replace('.', '-')}
          lang={lang}
          action={actOnDesk}
          hidden={{ lang, back: `/${lang}/finance/contractors`, act, key: newId(), on: accountingToday() }}
          fields={fields}
          submit={t('contractors.save')}
          refusedTitle={words(lang, 'desk')('act.refused')}
        />
      </Panel>
    );
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('contractors.title')} over={t('contractors.over')} />
      {done && <Msg kind="ok" title={done} />}
      {register.length === 0 ? (
        <Empty title={t('contractors.none')} />
      ) : (
        <Panel flush>
          <Table
            caption={t('contractors.title')}
            captionHidden
            look="dense"
            lang={lang}
            rows={register}
            rowKey={(one) => one.code}
            columns={[
              { key: 'code', head: t('contractors.code'), names: true, cell: (one) => one.code },
              { key: 'name', head: t('contractors.name'), cell: (one) => one.name[lang] },
              { key: 'no', head: t('contractors.registrationNo'), cell: (one) => one.registrationNo ?? '—' },
              { key: 'conflict', head: t('contractors.conflict'), cell: (one) => one.conflict ?? '—' },
              {
                key: 'ties',
                head: t('contractors.ties'),
                cell: (one) => (one.ties.length === 0 ? '—' : <b>{tieWords(lang, one.ties)}</b>),
              },
            ]}
          />
        </Panel>
      )}
      <div className="desk-steps">
        {form('contractor.register', 'contractor:register', t('contractors.register'), [
          text('code', t('contractors.codeHint'), false),
          text('name', t('contractors.name'), false),
          text('registrationNo', t('contractors.registrationNo')),
          text('phone', t('contractors.phone')),
          text('bankAccount', t('contractors.account')),
          text('conflict', t('contractors.conflictAsk')),
        ])}
        {form('staff.declare', 'declaration:make', t('contractors.declare'), [
          text('phone', t('contractors.phone')),
          text('bankAccount', t('contractors.account')),
          text('interests', t('contractors.interests')),
        ])}
      </div>
    </Desk>
  );
}
