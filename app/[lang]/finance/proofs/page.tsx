import type { Metadata } from 'next';
import { requireStaff } from '@/lib/auth/session';
import { momentText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { latestProofs } from '@/lib/proofs/latest.queries';
import { Empty } from '../../../_ui/msg/component';
import { langParam } from '../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../_ui/staff/component';
import { Table } from '../../../_ui/table/component';
import { Desk } from '../_desk/desk';

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'desk')('health.title') };
}

/** The invariants with their last outcome: the health of the books. */
export default async function ProofsPage({ params }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('finance:read', lang);
  const t = words(lang, 'desk');
  const proofs = await latestProofs();
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={t('health.title')} over={t('health.over')} />
      <Panel flush>
        <Table
          caption={t('health.title')}
          captionHidden
          look="dense"
          lang={lang}
          rows={proofs}
          rowKey={(proof) => proof.name}
          empty={<Empty title={t('health.never')}>{t('health.neverBody')}</Empty>}
          columns={[
            { key: 'name', head: t('health.proof'), names: true, cell: (proof) => <code>{proof.name}</code> },
            {
              key: 'says',
              head: t('health.says'),
              cell: (proof) => words(lang, 'proofs')(proof.name),
            },
            {
              key: 'offenders',
              head: t('health.offenders'),
              numeric: true,
              cell: (proof) => String(proof.offenders),
            },
            {
              key: 'when',
              head: t('health.when'),
              cell: (proof) => (
                <time dateTime={proof.checkedAt.toISOString()}>{momentText(proof.checkedAt, lang)}</time>
              ),
            },
          ]}
        />
      </Panel>
    </Desk>
  );
}
