import type { Metadata } from 'next';
import { mayDo } from '@/lib/auth/roles.rules';
import { requireStaff } from '@/lib/auth/session';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import { recentImports, resultOf } from '@/lib/reconciliation/imports.queries';
import { ownAccounts, ownCampaigns } from '@/lib/reconciliation/workspace.queries';
import { newId } from '@/lib/shared/id';
import type { RefusalName } from '@/lib/shared/refusal';
import { Btn } from '../../../_ui/btn/component';
import { SelectField, TextField } from '../../../_ui/form/component';
import { Empty, Msg } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { Table } from '../../../_ui/table/component';
import { ActForm } from '../_desk/act-form';
import { actOnDesk } from '../_desk/action';
import { Desk, doneText } from '../_desk/desk';

type Props = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<{ done?: string; refused?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'bank')('statements.title') };
}

/** Bank files: hand one in, see what became of the earlier ones, tell of an account. */
export default async function StatementsPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'bank');
  const desk = words(lang, 'desk');
  const [accounts, imports, campaigns] = await Promise.all([ownAccounts(), recentImports(), ownCampaigns()]);
  const { done: act, refused } = await searchParams;
  const done = doneText(lang, act);
  const why =
    refused !== undefined && Object.hasOwn(refusals[lang], refused)
      ? refusals[lang][refused as RefusalName]
      : undefined;
  const mayImport = mayDo(actor, 'statement:import') === 'allowed';
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('statements.title')} />
      {done !== null && <Msg kind="ok" title={done} />}
      {why !== undefined && (
        <Msg kind="err" title={desk('act.refused')}>
          {why}
        </Msg>
      )}
      {mayImport && accounts.length > 0 && (
        <Panel title={t('statements.upload')}>
          <form
            className="desk-form"
            method="post"
            encType="multipart/form-data"
            action={`/${lang}/finance/statements/upload`}
          >
            <input type="hidden" name="key" value={newId()} />
            <SelectField
              id="account"
              name="account"
              label={t('statements.account')}
              choices={accounts.map((one) => ({
                value: one.code,
                label: `${one.name[lang]} · ${one.number}`,
              }))}
            />
            <TextField
              id="file"
              name="file"
              type="file"
              required
              label={t('statements.file')}
              hint={t('statements.fileHint')}
              error={refused?.startsWith('file_') === true ? why : undefined}
            />
            <Btn type="submit" size="dense">
              {t('statements.send')}
            </Btn>
          </form>
        </Panel>
      )}
      <Panel title={t('statements.recent')} flush>
        <Table
          caption={t('statements.recent')}
          captionHidden
          look="dense"
          lang={lang}
          rows={imports}
          rowKey={(row) => row.code}
          empty={<Empty title={t('statements.empty')}>{t('statements.emptyBody')}</Empty>}
          columns={[
            {
              key: 'code',
              head: '#',
              names: true,
              cell: (row) => <a href={`/${lang}/finance/statements/${row.code}`}>{row.code}</a>,
            },
            { key: 'file', head: t('statements.file'), cell: (row) => row.fileName },
            { key: 'account', head: t('statements.account'), cell: (row) => row.account },
            { key: 'state', head: t('statements.state'), cell: (row) => t(`state.${row.status as 'done'}`) },
            {
              key: 'new',
              head: t('statements.newLines'),
              numeric: true,
              cell: (row) => resultOf(row.result).fresh ?? '',
            },
            {
              key: 'known',
              head: t('statements.known'),
              numeric: true,
              cell: (row) => resultOf(row.result).known ?? '',
            },
            {
              key: 'held',
              head: t('statements.held'),
              numeric: true,
              cell: (row) => resultOf(row.result).held ?? '',
            },
          ]}
        />
      </Panel>
      {mayDo(actor, 'bank:open') === 'allowed' && campaigns.length > 0 && (
        <Panel title={t('statements.openAccount')}>
          <ActForm
            id="open-account"
            lang={lang}
            action={actOnDesk}
            hidden={{ lang, back: `/${lang}/finance/statements`, act: 'bank_account.open', key: newId() }}
            fields={[
              {
                kind: 'choice',
                name: 'campaign',
                label: t('statements.campaign'),
                choices: campaigns.map((one) => ({ value: one.slug, label: one.name[lang] })),
              },
              { kind: 'text', name: 'code', label: t('statements.code') },
              { kind: 'text', name: 'name', label: t('statements.name') },
              { kind: 'text', name: 'number', label: t('statements.number') },
              {
                kind: 'choice',
                name: 'main',
                label: t('statements.main'),
                choices: [
                  { value: 'no', label: t('statements.no') },
                  { value: 'yes', label: t('statements.yes') },
                ],
              },
            ]}
            submit={t('statements.open')}
            refusedTitle={desk('act.refused')}
            kind="line"
          />
        </Panel>
      )}
    </Desk>
  );
}
