import { dateText } from '@/lib/i18n/format';
import { words } from '@/lib/i18n/words';
import { Section } from '../../../../_ui/page/component';
import { Table } from '../../../../_ui/table/component';
import type { SegmentProps } from './segment-view';

/** Each allocation, contract, payment and acceptance of the road with the file that proves it is in the public log. */
export function Proofs({ lang, model }: SegmentProps) {
  const t = words(lang, 'segment');
  const verify = words(lang, 'verify');
  if (model.proofs.length === 0) return null;
  return (
    <Section id="proofs" title={t('proofs.title')} intro={t('proofs.body')}>
      <Table
        lang={lang}
        caption={t('proofs.title')}
        captionHidden
        rows={model.proofs}
        rowKey={(proof) => proof.path}
        columns={[
          {
            key: 'what',
            head: verify('leaves.what'),
            names: true,
            phone: 'main',
            cell: ({ event }) => verify(`event.${event}`),
          },
          {
            key: 'code',
            head: t('proofs.code'),
            phone: 'half',
            cell: ({ code }) => <a href={`/${lang}/verify?thing=${code}`}>{code}</a>,
          },
          {
            key: 'date',
            head: t('proofs.date'),
            phone: 'half',
            cell: ({ date }) => <time dateTime={date}>{dateText(date, lang)}</time>,
          },
          {
            key: 'proof',
            head: verify('leaves.proof'),
            cell: ({ path }) => <a href={`/log/proof/${path}.tlog-proof`}>{verify('leaves.download')}</a>,
          },
        ]}
      />
    </Section>
  );
}
