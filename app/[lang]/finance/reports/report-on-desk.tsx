import { mayDo } from '@/lib/auth/roles.rules';
import type { StaffActor } from '@/lib/auth/session';
import type { Lang } from '@/lib/i18n/languages';
import { refusals } from '@/lib/i18n/messages/refusals';
import { words } from '@/lib/i18n/words';
import type { DeskReport } from '@/lib/publications/publication.queries';
import { newId } from '@/lib/shared/id';
import { ReportTables } from '../../(public)/reports/[number]/report-tables';
import { ContentParagraphs } from '../../../_ui/content/component';
import { Withheld } from '../../../_ui/docs/component';
import { Panel } from '../../../_ui/staff/component';
import { ActForm } from '../_desk/act-form';
import { actOnDesk } from '../_desk/action';

type Props = {
  readonly lang: Lang;
  readonly actor: StaffActor;
  readonly report: DeskReport;
  readonly back: string;
  readonly today: string;
};

/** A report on its way: what it says, what the books say, and what this person may do with it. */
export function ReportOnDesk(props: Props) {
  const { lang, report } = props;
  const t = words(lang, 'reportDesk');
  return (
    <Panel
      title={`${report.code} ${report.title[lang]}`}
      aside={
        report.opensOn === null
          ? t(report.status === 'draft' ? 'isDraft' : 'isWaiting', { name: report.writer })
          : t('isEmbargoed', { name: report.writer, opens: report.opensOn })
      }
    >
      {report.withheldReason !== null && (
        <Withheld lang={lang} reason={report.withheldReason} opens={report.opensOn ?? undefined} />
      )}
      <ContentParagraphs lang={lang} text={report.body} original={report.originalLang as Lang} />
      {report.figures && (
        <details>
          <summary>{t('figures')}</summary>
          <ReportTables
            lang={lang}
            figures={report.figures}
            from={report.periodFrom}
            to={report.periodTo}
            id={report.code}
          />
        </details>
      )}
      {report.status === 'draft' ? <Writer {...props} /> : <Checker {...props} />}
    </Panel>
  );
}

type DayField = {
  readonly kind: 'day';
  readonly name: string;
  readonly label: string;
  readonly value: string;
};

const form = ({ lang, report, back }: Props, act: string) => ({
  id: `${act.replace('.', '-')}-${report.code}`,
  lang,
  action: actOnDesk,
  hidden: { lang, back, act, key: newId(), code: report.code, seenHash: report.contentHash },
  refusedTitle: words(lang, 'desk')('act.refused'),
});

function Writer(props: Props) {
  const t = words(props.lang, 'reportDesk');
  const day = {
    kind: 'day',
    name: 'on',
    label: words(props.lang, 'desk')('act.day'),
    value: props.today,
  } as const;
  if (mayDo(props.actor, 'report:write') !== 'allowed') return null;
  return (
    <>
      <ActForm {...form(props, 'report.submit')} fields={[day]} submit={t('submit')} />
      <ActForm
        {...form(props, 'report.withdraw')}
        kind="line"
        fields={[day, { kind: 'area', name: 'reason', label: t('reason') }]}
        submit={t('withdraw')}
      />
    </>
  );
}

function Checker(props: Props) {
  const t = words(props.lang, 'reportDesk');
  const day = {
    kind: 'day',
    name: 'on',
    label: words(props.lang, 'desk')('act.day'),
    value: props.today,
  } as const;
  if (mayDo(props.actor, 'report:publish') !== 'allowed') return null;
  const own =
    props.report.writtenBy === props.actor.personId ? refusals[props.lang].maker_is_checker : undefined;
  return (
    <>
      <ActForm {...form(props, 'report.publish')} fields={[day]} submit={t('publish')} unavailable={own} />
      {props.report.status === 'review' && <Later {...props} own={own} day={day} />}
    </>
  );
}

/** What is still in review may also be approved for a later day, or go back to its writer. */
function Later(props: Props & { readonly own: string | undefined; readonly day: DayField }) {
  const t = words(props.lang, 'reportDesk');
  const reason = { kind: 'area', name: 'reason', label: t('reason') } as const;
  return (
    <>
      <ActForm
        {...form(props, 'report.embargo')}
        kind="line"
        fields={[props.day, { kind: 'day', name: 'opensOn', label: t('opensOn'), value: '' }, reason]}
        submit={t('embargo')}
        unavailable={props.own}
      />
      <ActForm
        {...form(props, 'report.return')}
        kind="line"
        fields={[props.day, reason]}
        submit={t('return')}
      />
    </>
  );
}
