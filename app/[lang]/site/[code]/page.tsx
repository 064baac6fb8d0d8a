import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireStaff } from '@/lib/auth/session';
import { accountingToday } from '@/lib/clock';
import { picturesOfRoad } from '@/lib/evidence/evidence.queries';
import { dateText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { roadOnDesk } from '@/lib/segments/segment.queries';
import { newId } from '@/lib/shared/id';
import { Btn } from '../../../_ui/btn/component';
import { SelectField, TextField } from '../../../_ui/form/component';
import { Msg } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { Desk } from '../../finance/_desk/desk';
import { sendDirectly } from './actions';
import { Outbox } from './outbox';

type Props = {
  params: Promise<{ lang: string; code: string }>;
  searchParams: Promise<{ done?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'siteWork')('title') };
}

/** The inspector's page for one road: photographs that survive a lost network. */
export default async function SitePage({ params, searchParams }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('photograph:file', lang);
  const road = await roadOnDesk((await params).code);
  if (!road) notFound();
  const t = words(lang, 'siteWork');
  const desk = words(lang, 'desk');
  const pictures = await picturesOfRoad(road.code);
  const { done } = await searchParams;
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={`${road.code} ${road.name[lang]}`} over={t('over')} />
      {done === '1' && <Msg kind="ok" title={t('saved')} />}
      {done === '0' && <Msg kind="err" title={t('failed')} />}
      <Panel title={t('title')}>
        <form action={sendDirectly} id="site-photograph" className="desk-form">
          <input type="hidden" name="lang" value={lang} />
          <input type="hidden" name="segment" value={road.code} />
          <input type="hidden" name="key" value={newId()} />
          <SelectField
            id="stage"
            name="stage"
            label={t('stage')}
            choices={(['before', 'during', 'after'] as const).map((value) => ({
              value,
              label: desk(`stages.${value}`),
            }))}
          />
          <TextField id="station" name="station" label={t('station')} defaultValue="A" maxLength={40} />
          <TextField id="on" name="on" type="date" label={t('day')} defaultValue={accountingToday()} />
          <TextField
            id="photograph"
            name="photograph"
            type="file"
            accept="image/jpeg,image/png,image/webp"
            capture="environment"
            label={t('photograph')}
          />
          <Btn kind="primary" type="submit">
            {t('save')}
          </Btn>
        </form>
        <Outbox
          formId="site-photograph"
          segment={road.code}
          words={{
            waiting: t('waiting'),
            none: t('none'),
            sendNow: t('sendNow'),
            signIn: t('signIn'),
            sent: t('sent'),
            offline: t('offline'),
            refused: t('refused'),
          }}
        />
      </Panel>
      {pictures.length > 0 && (
        <Panel title={t('earlier')}>
          <ul>
            {pictures.map((picture) => (
              <li key={picture.id}>
                {picture.station} · {desk(`stages.${picture.stage as 'before'}`)} ·{' '}
                {dateText(picture.takenOn, lang)}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </Desk>
  );
}
