import { words } from '@/lib/i18n/words';
import { Section } from '../../../../_ui/page/component';
import { Table } from '../../../../_ui/table/component';
import type { SegmentProps } from './segment-view';

/** What was measured on the road, beside what the design asks; nothing is shown before the first reading. */
export function Measured({ lang, model }: SegmentProps) {
  const t = words(lang, 'siteWork');
  if (model.measurements.length === 0) return null;
  return (
    <Section id="measured" title={t('measure.title')}>
      <Table
        caption={t('measure.title')}
        captionHidden
        lang={lang}
        rows={model.measurements}
        rowKey={(one) => `${one.date}-${one.kind}-${one.station}-${one.value}`}
        columns={[
          {
            key: 'kind',
            head: t('measure.kind'),
            names: true,
            cell: (one) => t(`measure.kinds.${one.kind}`),
          },
          { key: 'station', head: t('measure.station'), cell: (one) => one.station },
          { key: 'value', head: t('measure.value'), numeric: true, cell: (one) => one.value },
          {
            key: 'required',
            head: t('measure.design'),
            numeric: true,
            cell: (one) =>
              (one.required === null ? '—' : one.required) + (one.short ? ` · ${t('measure.short')}` : ''),
          },
          { key: 'report', head: t('measure.paper'), cell: (one) => one.report ?? '—' },
          { key: 'day', head: t('measure.day'), cell: (one) => <time dateTime={one.date}>{one.date}</time> },
        ]}
      />
    </Section>
  );
}
