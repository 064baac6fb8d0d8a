import type { Lang } from '@/lib/i18n/languages';
import type { openData } from '@/lib/i18n/messages/open-data';
import { words } from '@/lib/i18n/words';
import { RESOURCES } from '@/lib/disclosure/open-data/resources';
import { TABLES } from '@/lib/disclosure/open-data/tables';
import { Table } from '../../../_ui/table/component';

type TableName = keyof (typeof openData)['en']['table'];

/** Every CSV table with its columns described beside it. */
export function CsvTables({ lang }: { lang: Lang }) {
  const t = words(lang, 'openData');
  return (
    <Table
      lang={lang}
      caption={t('tablesTitle')}
      captionHidden
      rows={TABLES}
      rowKey={(table) => table.name}
      columns={[
        {
          key: 'title',
          names: true,
          head: t('tableName'),
          cell: ({ name }) => (
            <>
              {t(`table.${name as TableName}`)}
              <small className="block font-normal text-ink-2">{t(`tableNote.${name as TableName}`)}</small>
            </>
          ),
          phone: 'main',
        },
        {
          key: 'file',
          head: t('file'),
          cell: ({ name }) => <a href={`/open-data/${name}.csv`}>{`${name}.csv`}</a>,
          phone: 'half',
        },
        {
          key: 'schema',
          head: t('schema'),
          cell: ({ name }) => <a href={`/open-data/${name}.schema.json`}>{`${name}.schema.json`}</a>,
          phone: 'half',
        },
      ]}
    />
  );
}

/** The addresses of the API, what each list can be narrowed by, and how one record is asked for. */
export function Endpoints({ lang }: { lang: Lang }) {
  const t = words(lang, 'openData');
  return (
    <Table
      lang={lang}
      caption={t('apiTitle')}
      captionHidden
      rows={RESOURCES}
      rowKey={(resource) => resource.name}
      columns={[
        {
          key: 'address',
          names: true,
          head: t('endpoint'),
          cell: ({ name }) => (
            <>
              <a href={`/api/v1/${name}`}>{`/api/v1/${name}`}</a>
              <small className="block font-normal text-ink-2">{t(`table.${name as TableName}`)}</small>
            </>
          ),
          phone: 'main',
        },
        {
          key: 'narrow',
          head: t('narrow'),
          cell: ({ filters }) => {
            const names = Object.keys(filters);
            return names.length === 0 ? (
              t('noFilter')
            ) : (
              <span className="flex flex-wrap gap-x-3">
                {names.map((name) => (
                  <code key={name}>{name}</code>
                ))}
              </span>
            );
          },
          phone: 'half',
          phoneLabel: t('narrow'),
        },
        {
          key: 'one',
          head: t('one'),
          cell: ({ name, one }) =>
            one === undefined ? '–' : <code>{`/${name}/{${one.split('.').at(-1) ?? ''}}`}</code>,
          phone: 'half',
          phoneLabel: t('one'),
        },
      ]}
    />
  );
}

const WHOLE = [
  ['oc4ids', 'oc4ids.json'],
  ['giving', '360giving.json'],
  ['geojson', 'roads.geojson'],
  ['xlsx', 'ledger.xlsx'],
  ['hledger', 'ledger.hledger'],
  ['beancount', 'ledger.beancount'],
] as const;

/** Files that hold everything in the form of a standard. */
export function WholeFiles({ lang }: { lang: Lang }) {
  const t = words(lang, 'openData');
  return (
    <Table
      lang={lang}
      caption={t('wholeTitle')}
      captionHidden
      rows={WHOLE}
      rowKey={([, file]) => file}
      columns={[
        {
          key: 'file',
          names: true,
          head: t('file'),
          cell: ([, file]) => <a href={`/open-data/${file}`}>{file}</a>,
          phone: 'main',
        },
        { key: 'about', head: t('content'), cell: ([key]) => t(key), phone: 'whole' },
      ]}
    />
  );
}
