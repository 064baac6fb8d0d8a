import type { Metadata } from 'next';
import { Empty, Msg } from '@/app/_ui/msg/component';
import { langParam } from '@/app/_ui/site/page-lang';
import { Panel, StaffTitle } from '@/app/_ui/staff/component';
import { Table } from '@/app/_ui/table/component';
import { newSecret } from '@/lib/auth/secrets';
import { requireStaff } from '@/lib/auth/session';
import { publicCampaigns } from '@/lib/disclosure/campaign.queries';
import { dateText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { deskEvents, waitingWords } from '@/lib/pledges/hall.queries';
import { accountingDate } from '@/lib/shared/time';
import { ActForm } from '../_desk/act-form';
import { Desk, doneText } from '../_desk/desk';
import { createEvent, moderate } from './actions';

type Props = {
  params: Promise<{ lang: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'hall')('desk.title') };
}

/** Evenings with their screen, form and cards; and the words that somebody must read before anyone else can. */
export default async function HallDeskPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('recognition:moderate', lang);
  const t = words(lang, 'hall');
  const give = words(lang, 'give');
  const [waiting, events, campaigns] = await Promise.all([waitingWords(50), deskEvents(), publicCampaigns()]);
  const done = doneText(lang, (await searchParams)['done']);
  const hidden = () => ({ lang, key: newSecret() });
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('desk.title')} />
      {done !== null && <Msg kind="ok" title={done} />}
      <Panel title={t('desk.waiting')}>
        {waiting.length === 0 && <Empty title={t('desk.nothing')}>{t('desk.nothingBody')}</Empty>}
        {waiting.map((one) => (
          <article key={one.id} className="desk-words">
            <p>
              {t('desk.of')} {one.source}
            </p>
            <p>
              <b>
                <bdi>{one.shownAs?.[lang] ?? give('name.anonymous')}</bdi>
              </b>{' '}
              {one.nameKind === 'pseudonym' && <small>{give('name.alias')}</small>}
            </p>
            {one.dedication !== null && (
              <p>
                {one.dedicationKind === null
                  ? null
                  : `${give(one.dedicationKind === 'memory' ? 'name.memory' : 'name.honour')} · `}
                <bdi>{one.dedication}</bdi>
              </p>
            )}
            {one.message !== null && (
              <p>
                <bdi>{one.message}</bdi>
              </p>
            )}
            {(['shown', 'hidden'] as const).map((moderation) => (
              <ActForm
                key={moderation}
                id={`${moderation}-${one.id}`}
                lang={lang}
                action={moderate}
                hidden={{ ...hidden(), recognition: one.id, moderation }}
                fields={[]}
                kind={moderation === 'shown' ? 'primary' : 'line'}
                submit={t(moderation === 'shown' ? 'desk.show' : 'desk.hide')}
                refusedTitle={t('desk.refused')}
              />
            ))}
          </article>
        ))}
      </Panel>
      <Panel title={t('desk.events')} flush>
        <Table
          caption={t('desk.events')}
          captionHidden
          lang={lang}
          look="dense"
          rows={events}
          rowKey={(event) => event.slug}
          empty={<Empty title={t('desk.noEvents')}>{t('desk.noEventsBody')}</Empty>}
          columns={[
            { key: 'name', head: t('desk.events'), cell: (event) => event.name[lang] },
            { key: 'heldOn', head: t('desk.heldOn'), cell: (event) => dateText(event.heldOn, lang) },
            {
              key: 'links',
              head: t('desk.screen'),
              cell: (event) => (
                <>
                  <a href={`/${lang}/hall/${event.slug}`}>{t('desk.screen')}</a>
                  {' · '}
                  <a href={`/${lang}/give?event=${event.slug}`}>{t('desk.form')}</a>
                  {' · '}
                  <a href={`/${lang}/finance/hall/${event.slug}`}>{t('desk.cards')}</a>
                </>
              ),
            },
          ]}
        />
      </Panel>
      <Panel title={t('desk.newEvent')}>
        <ActForm
          id="new-event"
          lang={lang}
          action={createEvent}
          hidden={hidden()}
          fields={[
            { kind: 'text', name: 'slug', label: t('desk.slug') },
            {
              kind: 'choice',
              name: 'campaign',
              label: t('desk.campaign'),
              choices: campaigns.map((one) => ({ value: one.slug, label: one.name[lang] })),
            },
            { kind: 'text', name: 'name', label: t('desk.name') },
            { kind: 'text', name: 'nameHant', label: t('desk.nameHant') },
            { kind: 'text', name: 'nameEn', label: t('desk.nameEn') },
            {
              kind: 'day',
              name: 'heldOn',
              label: t('desk.heldOn'),
              value: accountingDate(new Date(), 'Asia/Shanghai'),
            },
          ]}
          submit={t('desk.create')}
          refusedTitle={t('desk.refused')}
        />
      </Panel>
    </Desk>
  );
}
