import type { Metadata } from 'next';
import { mayDo } from '@/lib/auth/roles.rules';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { concernsFor } from '@/lib/concerns/concern.queries';
import { dateText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { newId } from '@/lib/shared/id';
import { Empty, Msg } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { ActForm } from '../_desk/act-form';
import type { DeskField } from '../_desk/act-form.rules';
import { actOnDesk } from '../_desk/action';
import { Desk, doneText } from '../_desk/desk';

type Props = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<{ done?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'concerns')('desk.title') };
}

/** Reports from outside, for staff they are not about: take up, look again, settle with a public outcome. */
export default async function ConcernsPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'concerns');
  const desk = words(lang, 'desk');
  const concerns = await concernsFor(actor.roles);
  const done = doneText(lang, (await searchParams).done);
  const handles = mayDo(actor, 'concern:handle') === 'allowed';
  const three = (name: string, label: string): DeskField[] => [
    { kind: 'text', name, label: `${label} · 简体` },
    { kind: 'text', name: `${name}Hant`, label: `${label} · 繁體`, optional: true },
    { kind: 'text', name: `${name}En`, label: `${label} · English`, optional: true },
  ];
  const finding: DeskField[] = [
    {
      kind: 'choice',
      name: 'finding',
      label: t('desk.finding'),
      choices: (['confirmed', 'not_confirmed'] as const).map((value) => ({
        value,
        label: t(`findings.${value}`),
      })),
    },
    { kind: 'text', name: 'note', label: desk('act.note') },
  ];
  const reason: DeskField[] = [{ kind: 'text', name: 'reason', label: desk('act.reason') }];
  const acts = (concern: (typeof concerns)[number]): [string, string, DeskField[]][] => {
    const inspect: [string, string, DeskField[]] = ['concern.inspect', t('desk.inspect'), finding];
    const settle: [string, string, DeskField[]] = [
      'concern.settle',
      t('desk.settle'),
      three('outcome', t('desk.outcome')),
    ];
    if (concern.status === 'received')
      return [
        ['concern.take_up', t('desk.takeUp'), three('summary', t('desk.summary'))],
        ['concern.decline', t('desk.decline'), reason],
      ];
    if (concern.status === 'open') return concern.kind === 'defect' ? [inspect] : [inspect, settle];
    return concern.status === 'inspected' ? [settle] : [];
  };
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('desk.title')} over={t('desk.over')} />
      {done && <Msg kind="ok" title={done} />}
      {concerns.length === 0 && <Empty title={t('desk.none')} />}
      {concerns.map((concern) => (
        <Panel
          key={concern.code}
          title={`${concern.code} · ${t(`kinds.${concern.kind as 'defect'}`)} · ${dateText(concern.receivedOn, lang)}`}
          aside={t(`states.${concern.status as 'open'}`)}
        >
          <p>{concern.told}</p>
          <p>
            {concern.segment !== null && (
              <a href={`/${lang}/finance/roads/${concern.segment}`}>{concern.segment}</a>
            )}{' '}
            {concern.contact}{' '}
            {concern.pictureSha256 !== null && (
              <a href={`/${lang}/finance/concerns/${concern.code}/picture`}>{t('picture')}</a>
            )}
          </p>
          {handles &&
            acts(concern).map(([act, title, fields]) => (
              <ActForm
                key={act}
                id={`${act.replace('.', '-')}-${concern.code}`}
                lang={lang}
                action={actOnDesk}
                hidden={{
                  lang,
                  back: `/${lang}/finance/concerns`,
                  act,
                  key: newId(),
                  code: concern.code,
                  on: accountingToday(),
                }}
                fields={fields}
                submit={title}
                refusedTitle={desk('act.refused')}
                kind={act === 'concern.decline' ? 'line' : 'primary'}
              />
            ))}
        </Panel>
      ))}
    </Desk>
  );
}
