import type { Metadata } from 'next';
import { requireStaff } from '@/lib/auth/session';
import { words } from '@/lib/i18n/words';
import { roadsOnDesk } from '@/lib/segments/segment.queries';
import { isCurrency, money } from '@/lib/shared/money';
import { Amt } from '../../../_ui/amt/component';
import { RoadStateChip, type RoadState } from '../../../_ui/chip/component';
import { Code } from '../../../_ui/code/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { Table } from '../../../_ui/table/component';
import { Desk } from '../_desk/desk';

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'desk')('roads.title') };
}

/** All roads with their state; each leads to its own desk. */
export default async function RoadsDeskPage({ params }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'desk');
  const roads = await roadsOnDesk();
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('roads.title')} over={t('roads.all', { count: roads.length })}>
        <a href={`/${lang}/finance/roads/import`}>{words(lang, 'roadWork')('import.title')}</a>{' '}
        <a href={`/${lang}/finance/roads/plan`}>{words(lang, 'changes')('plan.title')}</a>
      </StaffTitle>
      <Panel flush>
        <Table
          caption={t('roads.title')}
          captionHidden
          look="dense"
          lang={lang}
          rows={roads}
          rowKey={(road) => road.code}
          columns={[
            {
              key: 'code',
              head: t('roads.code'),
              names: true,
              cell: (road) => <Code code={road.code} href={`/${lang}/finance/roads/${road.code}`} />,
            },
            { key: 'name', head: t('roads.name'), cell: (road) => road.name[lang] },
            {
              key: 'state',
              head: t('roads.state'),
              cell: (road) => <RoadStateChip state={road.status as RoadState} lang={lang} size="small" />,
            },
            {
              key: 'budget',
              head: t('roads.budget'),
              numeric: true,
              cell: (road) =>
                isCurrency(road.currency) && <Amt value={money(road.currency, road.budgetMinor)} />,
            },
          ]}
        />
      </Panel>
    </Desk>
  );
}
