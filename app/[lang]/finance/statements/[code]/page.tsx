import { notFound } from 'next/navigation';
import { mayDo } from '@/lib/auth/roles.rules';
import { requireStaff } from '@/lib/auth/session';
import { fileShelves } from '@/lib/files/shelves';
import { statements as fileWords } from '@/lib/i18n/messages/statements';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { findImport, resultOf, statementsOf } from '@/lib/reconciliation/imports.queries';
import { previewTable } from '@/lib/reconciliation/statement/preview.rules';
import { newId } from '@/lib/shared/id';
import { isCurrency, money } from '@/lib/shared/money';
import { Amt } from '../../../../_ui/amt/component';
import { BtnLink } from '../../../../_ui/btn/component';
import { Msg } from '../../../../_ui/msg/component';
import { Facts } from '../../../../_ui/page/component';
import { langParam } from '../../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../../_ui/staff/component';
import { Table } from '../../../../_ui/table/component';
import { ActForm } from '../../_desk/act-form';
import { actOnDesk } from '../../_desk/action';
import { Desk } from '../../_desk/desk';
import { ColumnsForm } from './columns-form';

type Props = { params: Promise<{ lang: string; code: string }> };

/** The words for a reason of the readers, whichever list it stands in. */
const reasonText = (reason: string, lang: Lang): string => {
  const { refused, lineFlag } = fileWords[lang];
  const lists: Readonly<Record<string, string>> = { ...lineFlag, ...refused };
  return lists[reason] ?? reason;
};

/** One import: how far it is, what it asks, what it came to. */
export default async function ImportPage({ params }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const found = await findImport((await params).code);
  if (!found) notFound();
  const t = words(lang, 'bank');
  const desk = words(lang, 'desk');
  const here = `/${lang}/finance/statements/${found.code}`;
  const may = mayDo(actor, 'statement:import') === 'allowed';
  const { statements, held } = await statementsOf(found.id, found.attempt);
  const result = resultOf(found.result);
  const going = found.status === 'waiting' || found.status === 'working';
  const table =
    may &&
    (found.status === 'asking' || (found.status === 'refused' && result.reason === 'columns_not_found'));
  const bytes = table ? await fileShelves().sealed.read(found.sha256) : null;
  const preview = bytes ? previewTable(bytes) : null;
  const amount = (minor: bigint | null) =>
    minor !== null && isCurrency(found.currency) ? <Amt value={money(found.currency, minor)} /> : '—';
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={`${found.code} ${found.fileName}`} over={t(`state.${found.status as 'done'}`)} />
      {result.reason !== undefined && (
        <Msg
          kind="err"
          title={t('statements.reason', { line: result.line ?? 0, reason: reasonText(result.reason, lang) })}
        >
          {result.excerpt}
        </Msg>
      )}
      {going && (
        <Panel>
          <p role="status">
            {t('statements.progress', {
              phase: t(`phase.${(found.phase ?? 'reading') as 'reading'}`),
              done: found.doneCount,
              total: found.totalCount,
            })}
          </p>
          <progress
            max={Math.max(found.totalCount, 1)}
            value={found.doneCount}
            aria-label={t('statements.state')}
          />
          <div className="match-own">
            <BtnLink href={here} size="dense" kind="line">
              {t('statements.refresh')}
            </BtnLink>
          </div>
        </Panel>
      )}
      {may && (going || found.status === 'asking') && (
        <ActForm
          id="cancel"
          lang={lang}
          action={actOnDesk}
          hidden={{ lang, back: here, act: 'statement.cancel', import: found.code, key: newId() }}
          fields={[]}
          submit={t('statements.cancel')}
          refusedTitle={desk('act.refused')}
          kind="line"
        />
      )}
      {preview !== null && preview !== 'header_differs' && (
        <ColumnsForm lang={lang} code={found.code} preview={preview} />
      )}
      {found.status === 'done' && (
        <Panel title={t('state.done')}>
          <Facts
            facts={[
              { term: t('statements.file'), value: found.format ?? '' },
              { term: t('statements.newLines'), value: result.fresh ?? 0 },
              { term: t('statements.known'), value: result.known ?? 0 },
              { term: t('statements.held'), value: result.held ?? 0 },
            ]}
          />
          <BtnLink href={`/${lang}/finance/matching/${found.account}`} size="dense">
            {t('statements.toMatching')}
          </BtnLink>
        </Panel>
      )}
      {statements.length > 0 && (
        <Panel title={t('statements.statement')} flush>
          <Table
            caption={t('statements.statement')}
            captionHidden
            look="dense"
            lang={lang}
            rows={statements}
            rowKey={(row) => String(row.id)}
            columns={[
              { key: 'number', head: '#', names: true, cell: (row) => row.number ?? '—' },
              {
                key: 'opening',
                head: t('statements.opening'),
                numeric: true,
                cell: (row) => amount(row.openingMinor),
              },
              {
                key: 'closing',
                head: t('statements.closing'),
                numeric: true,
                cell: (row) => amount(row.closingMinor),
              },
              {
                key: 'sum',
                head: t('statements.state'),
                cell: (row) =>
                  row.addsUp === null
                    ? t('statements.undecided')
                    : row.addsUp
                      ? t('statements.addsUp')
                      : t('statements.doesNotAddUp'),
              },
            ]}
          />
        </Panel>
      )}
      {held.length > 0 && (
        <Panel title={t('statements.questions')}>
          <Table
            caption={t('statements.questions')}
            captionHidden
            look="dense"
            lang={lang}
            rows={held}
            rowKey={(row) => String(row.id)}
            columns={[
              { key: 'row', head: t('statements.row'), names: true, cell: (row) => row.lineNo },
              { key: 'why', head: t('statements.why'), cell: (row) => reasonText(row.reason, lang) },
              { key: 'amount', head: t('matching.amount'), numeric: true, cell: (row) => row.amount ?? '' },
              { key: 'text', head: t('statements.excerpt'), cell: (row) => row.excerpt },
            ]}
          />
          {may && found.status === 'done' && (
            <ActForm
              id="answer"
              lang={lang}
              action={actOnDesk}
              hidden={{ lang, back: here, act: 'statement.answer', import: found.code, key: newId() }}
              fields={[
                {
                  kind: 'choice',
                  name: 'dateOrder',
                  label: t('statements.dateOrder'),
                  choices: [
                    { value: '', label: '—' },
                    ...(['dmy', 'mdy', 'ymd'] as const).map((value) => ({
                      value,
                      label: t(`statements.${value}`),
                    })),
                  ],
                },
                {
                  kind: 'choice',
                  name: 'ownCurrency',
                  label: t('statements.ownCurrency'),
                  choices: [
                    { value: 'no', label: t('statements.no') },
                    { value: 'yes', label: t('statements.yes') },
                  ],
                },
              ]}
              submit={t('statements.answer')}
              refusedTitle={desk('act.refused')}
            />
          )}
        </Panel>
      )}
    </Desk>
  );
}
