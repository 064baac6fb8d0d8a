import type { Metadata } from 'next';
import { staffList, type StaffLine } from '@/lib/auth/person.queries';
import { ROLES } from '@/lib/auth/roles.rules';
import { newSecret } from '@/lib/auth/secrets';
import { requireRecentSecondFactor, requireStaff } from '@/lib/auth/session';
import { momentText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { Msg } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { Table } from '../../../_ui/table/component';
import { ActForm } from '../_desk/act-form';
import { Desk } from '../_desk/desk';
import { actOnPeople } from './actions';

type Props = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'signIn')('people.title') };
}

/** Who works here, in which roles; the administrator gives and takes them. Asks for a fresh second factor. */
export default async function PeoplePage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('person:manage', lang);
  await requireRecentSecondFactor(15, lang);
  const t = words(lang, 'signIn');
  const { person, done } = await searchParams;
  const people = await staffList();
  const chosen = people.find((line) => line.personId === person);
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('people.title')} over={t('people.intro')} />
      {done !== undefined && <Msg kind="ok" title={t('people.done')} />}
      <Panel flush>
        <People lang={lang} people={people} chosen={chosen} />
      </Panel>
      {chosen && <Manage lang={lang} line={chosen} own={chosen.personId === actor.personId} />}
      <Panel title={t('people.add')}>
        <ActForm
          id="enrol"
          lang={lang}
          action={actOnPeople}
          hidden={{ lang, act: 'enrol', key: newSecret() }}
          fields={[
            { kind: 'text', name: 'name', label: t('people.name') },
            { kind: 'text', name: 'email', label: t('people.email') },
            {
              kind: 'choice',
              name: 'mailLang',
              label: t('people.lang'),
              choices: [
                { value: 'zh-Hans', label: '简体中文' },
                { value: 'zh-Hant', label: '繁體中文' },
                { value: 'en', label: 'English' },
              ],
            },
            { kind: 'choice', name: 'role', label: t('people.role'), choices: roleChoices(lang, []) },
          ]}
          submit={t('people.addSubmit')}
          refusedTitle={t('people.refused')}
        />
      </Panel>
    </Desk>
  );
}

const roleChoices = (lang: Lang, held: readonly string[]) =>
  ROLES.filter((role) => !held.includes(role)).map((role) => ({
    value: role,
    label: words(lang, 'signIn')(`roles.${role}`),
  }));

function People({
  lang,
  people,
  chosen,
}: {
  lang: Lang;
  people: readonly StaffLine[];
  chosen: StaffLine | undefined;
}) {
  const t = words(lang, 'signIn');
  return (
    <Table
      lang={lang}
      look="dense"
      caption={t('people.caption')}
      captionHidden
      rows={people}
      rowKey={(line) => line.personId}
      selected={(line) => line.personId === chosen?.personId}
      columns={[
        { key: 'name', head: t('people.name'), names: true, cell: (line) => line.name },
        { key: 'email', head: t('people.email'), cell: (line) => line.email },
        {
          key: 'roles',
          head: t('people.roles'),
          cell: (line) =>
            line.disabled
              ? t('people.disabled')
              : line.roles.map((role) => t(`roles.${role}`)).join(' · ') || '—',
        },
        {
          key: 'factor',
          head: t('people.factor'),
          cell: (line) => t(line.hasSecondFactor ? 'account.factorOn' : 'account.factorOff'),
        },
        {
          key: 'seen',
          head: t('people.seen'),
          cell: (line) => (line.lastSeenAt === null ? t('people.never') : momentText(line.lastSeenAt, lang)),
        },
        {
          key: 'change',
          head: t('people.change'),
          cell: (line) => (
            <a
              href={`/${lang}/finance/people?person=${line.personId}#manage`}
              aria-label={t('people.manage', { name: line.name })}
            >
              {t('people.change')}
            </a>
          ),
        },
      ]}
    />
  );
}

/** What can be done with one person. Nobody changes their own account. */
function Manage({ lang, line, own }: { lang: Lang; line: StaffLine; own: boolean }) {
  const t = words(lang, 'signIn');
  const form = (
    act: string,
    submit: string,
    fields: Parameters<typeof ActForm>[0]['fields'],
    hidden: Readonly<Record<string, string>> = {},
  ) => (
    <ActForm
      key={act + (hidden['role'] ?? '')}
      id={`${act}${hidden['role'] ?? ''}`}
      lang={lang}
      action={actOnPeople}
      hidden={{ lang, act, personId: line.personId, key: newSecret(), ...hidden }}
      fields={fields}
      submit={submit}
      refusedTitle={t('people.refused')}
      kind="line"
      unavailable={own ? t('people.own') : undefined}
    />
  );
  const free = roleChoices(lang, line.roles);
  return (
    <div id="manage">
      <Panel title={t('people.manage', { name: line.name })}>
        <div className="grid gap-4">
          {line.disabled
            ? form('enable', t('people.enable'), [])
            : [
                free.length > 0 &&
                  form('grant', t('people.grant'), [
                    { kind: 'choice', name: 'role', label: t('people.role'), choices: free },
                  ]),
                ...line.roles.map((role) =>
                  form('revoke', t('people.revoke', { role: t(`roles.${role}`) }), [], { role }),
                ),
                line.hasSecondFactor && form('reset', t('people.reset'), []),
                form('disable', t('people.disable'), [
                  { kind: 'text', name: 'reason', label: t('people.reason') },
                ]),
              ]}
        </div>
      </Panel>
    </div>
  );
}
