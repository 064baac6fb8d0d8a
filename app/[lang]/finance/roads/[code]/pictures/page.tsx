import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { mayDo } from '@/lib/auth/roles.rules';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { picturesToCheck } from '@/lib/evidence/evidence.queries';
import { dateText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { roadOnDesk } from '@/lib/segments/segment.queries';
import { newId } from '@/lib/shared/id';
import { Empty, Msg } from '../../../../../_ui/msg/component';
import { langParam } from '../../../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../../../_ui/staff/component';
import { ActForm } from '../../../_desk/act-form';
import { actOnDesk } from '../../../_desk/action';
import { Desk, doneText } from '../../../_desk/desk';
import { Cover } from './cover';

type Props = {
  params: Promise<{ lang: string; code: string }>;
  searchParams: Promise<{ done?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { code } = await params;
  return { title: words(await langParam(params), 'siteWork')('check.title', { code }) };
}

/** A road's pictures before anyone outside sees them: cover faces and plates by hand, then publish. */
export default async function PicturesPage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const road = await roadOnDesk((await params).code);
  if (!road) notFound();
  const t = words(lang, 'siteWork');
  const desk = words(lang, 'desk');
  const pictures = await picturesToCheck(road.code);
  const done = doneText(lang, (await searchParams).done);
  const mayPublish = mayDo(actor, 'photograph:publish') === 'allowed';
  const today = accountingToday();
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('check.title', { code: road.code })} over={t('check.over')}>
        <a href={`/${lang}/finance/roads/${road.code}`}>
          {desk('road.title', { code: road.code, name: road.name[lang] })}
        </a>
      </StaffTitle>
      {done && <Msg kind="ok" title={done} />}
      {pictures.length === 0 && <Empty title={t('check.none')} />}
      {pictures.map((picture) => {
        const name = `${picture.station} · ${desk(`stages.${picture.stage as 'before'}`)} · ${dateText(picture.takenOn, lang)}`;
        const form = (act: string) => ({
          lang,
          back: `/${lang}/finance/roads/${road.code}/pictures`,
          act,
          key: newId(),
          segment: road.code,
          campaign: road.campaign,
          currency: road.currency,
          photograph: picture.id,
          on: today,
        });
        return (
          <Panel key={picture.id} title={name} aside={t('check.covered', { count: picture.coveredCount })}>
            {mayPublish && (
              <>
                <Cover
                  src={`/api/site/photographs/${picture.id}`}
                  alt={name}
                  width={picture.widthPx}
                  height={picture.heightPx}
                  fieldId={`cover-${picture.id}-rectangles`}
                  words={{ undo: t('check.undo'), drawn: t('check.drawn') }}
                />
                <ActForm
                  id={`cover-${picture.id}`}
                  lang={lang}
                  action={actOnDesk}
                  hidden={form('photograph.cover')}
                  fields={[{ kind: 'text', name: 'rectangles', label: desk('act.rectangles') }]}
                  submit={desk('act.cover')}
                  refusedTitle={desk('act.refused')}
                  kind="line"
                />
                <ActForm
                  id={`publish-${picture.id}`}
                  lang={lang}
                  action={actOnDesk}
                  hidden={form('photograph.publish')}
                  fields={[]}
                  submit={desk('act.publish')}
                  refusedTitle={desk('act.refused')}
                  unavailable={picture.uploadedBy === actor.personId ? t('check.own') : undefined}
                />
              </>
            )}
            {!mayPublish && (
              <img
                src={`/api/site/photographs/${picture.id}`}
                alt={name}
                width={picture.widthPx}
                height={picture.heightPx}
                className="cover-only"
              />
            )}
          </Panel>
        );
      })}
    </Desk>
  );
}
