import type { Metadata } from 'next';
import { requireStaff } from '@/lib/auth/session';
import { words } from '@/lib/i18n/words';
import { GRIDS } from '@/lib/segments/chinese-grid.rules';
import { campaignsOnDesk } from '@/lib/segments/segment.queries';
import { newId } from '@/lib/shared/id';
import { langParam } from '../../../../_ui/site/page-lang';
import { StaffTitle } from '../../../../_ui/staff/component';
import { Desk } from '../../_desk/desk';
import { ImportForm, type ImportWords } from './import-form';

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'roadWork')('import.title') };
}

/** Roads from a GeoJSON or CSV file: asked for their grid, measured, shown, and only then entered. */
export default async function ImportRoadsPage({ params }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('segment:propose', lang);
  const t = words(lang, 'roadWork');
  const said: ImportWords = {
    campaign: t('import.campaign'),
    grid: t('import.grid'),
    ask: t('import.ask'),
    upload: t('import.upload'),
    paste: t('import.paste'),
    pasteHint: t('import.pasteHint'),
    look: t('import.look'),
    take: t('import.take'),
    seen: t('import.seen'),
    refused: t('import.refused'),
    wrong: t('import.wrong'),
    code: t('import.code'),
    name: t('import.name'),
    stated: t('import.stated'),
    computed: t('import.computed'),
    width: t('import.width'),
    facts: t('import.facts'),
    points: t('import.points'),
    state: t('import.state'),
    fine: t('import.fine'),
  };
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('import.title')} over={t('import.over')} />
      <ImportForm
        lang={lang}
        formKey={newId()}
        campaigns={await campaignsOnDesk()}
        grids={GRIDS.map((value) => ({ value, label: t(`import.grids.${value}`) }))}
        words={said}
      />
    </Desk>
  );
}
