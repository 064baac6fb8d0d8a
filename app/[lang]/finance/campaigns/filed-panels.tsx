import type { ReactNode } from 'react';
import { mayDo } from '@/lib/auth/roles.rules';
import type { StaffActor } from '@/lib/auth/session';
import { filedHash, type FiledFacts } from '@/lib/campaigns/filed-facts.rules';
import { accountingToday } from '@/lib/clock';
import { dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import type { CampaignOnDesk } from '@/lib/publications/plan.queries';
import { newId } from '@/lib/shared/id';
import { Content } from '../../../_ui/content/component';
import { Facts } from '../../../_ui/page/component';
import { Panel } from '../../../_ui/staff/component';
import { Table } from '../../../_ui/table/component';
import { ActForm } from '../_desk/act-form';
import { actOnDesk } from '../_desk/action';
import { threeWordings } from './plan-form';

type Props = { readonly lang: Lang; readonly actor: StaffActor; readonly campaign: CampaignOnDesk };

/** Who hosts the fundraising, its licence, filing number and last day; the form to change them, and what they were. */
export function FiledPanels({ lang, actor, campaign }: Props) {
  const t = words(lang, 'planDesk');
  const { filed, amendments } = campaign;
  return (
    <>
      <Panel title={`${campaign.name[lang]} · ${t('filed')}`}>
        <Facts
          facts={(['legalHost', 'licenceNo', 'filingNo', 'endsOn'] as const).map((name) => ({
            term: factName(lang, name),
            value: factText(lang, filed, name),
          }))}
        />
        {mayDo(actor, 'campaign:amend') === 'allowed' && <AmendForm lang={lang} campaign={campaign} />}
      </Panel>
      {amendments.length > 0 && (
        <Panel title={t('amended')} flush>
          <Table
            caption={t('amended')}
            captionHidden
            look="dense"
            lang={lang}
            rows={amendments}
            rowKey={(row) => `${row.on} ${amendments.indexOf(row)}`}
            columns={[
              { key: 'on', head: t('recorded'), names: true, cell: (row) => dateText(row.on, lang) },
              {
                key: 'what',
                head: t('amendedWhat'),
                cell: (row) => row.changed.map((name) => factName(lang, name)).join(t('and')),
              },
              {
                key: 'before',
                head: t('amendedBefore'),
                cell: (row) =>
                  row.changed.map((name) => <div key={name}>{factText(lang, row.before, name)}</div>),
              },
              { key: 'why', head: t('reason'), cell: (row) => row.reason },
              { key: 'by', head: t('by'), cell: (row) => row.by },
            ]}
          />
        </Panel>
      )}
    </>
  );
}

const factName = (lang: Lang, name: keyof FiledFacts): string => {
  const t = words(lang, 'about');
  switch (name) {
    case 'legalHost':
      return t('host');
    case 'licenceNo':
      return t('licence');
    case 'filingNo':
      return t('filing');
    case 'endsOn':
      return words(lang, 'planDesk')('endsOn');
  }
};

const factText = (lang: Lang, facts: FiledFacts, name: keyof FiledFacts): ReactNode => {
  if (name === 'endsOn') return dateText(facts.endsOn, lang);
  const value = facts[name];
  if (value === null) return words(lang, 'planDesk')('notFiled');
  return typeof value === 'string' ? value : <Content lang={lang} text={value} quiet />;
};

function AmendForm({ lang, campaign: { slug, filed } }: Omit<Props, 'actor'>) {
  const t = words(lang, 'planDesk');
  return (
    <ActForm
      id={`amend-${slug}`}
      lang={lang}
      action={actOnDesk}
      hidden={{
        lang,
        back: `/${lang}/finance/campaigns`,
        act: 'campaign.amend',
        campaign: slug,
        seenHash: filedHash(filed),
        on: accountingToday(),
        key: newId(),
      }}
      fields={[
        ...threeWordings(lang, 'legalHost', factName(lang, 'legalHost'), filed.legalHost ?? undefined, true),
        {
          kind: 'text',
          name: 'licenceNo',
          label: factName(lang, 'licenceNo'),
          optional: true,
          value: filed.licenceNo ?? undefined,
        },
        {
          kind: 'text',
          name: 'filingNo',
          label: factName(lang, 'filingNo'),
          optional: true,
          value: filed.filingNo ?? undefined,
        },
        { kind: 'day', name: 'endsOn', label: factName(lang, 'endsOn'), value: filed.endsOn },
        { kind: 'area', name: 'reason', label: t('amendReason') },
      ]}
      submit={t('amendSave')}
      fold={t('amend')}
      refusedTitle={words(lang, 'desk')('act.refused')}
    />
  );
}
