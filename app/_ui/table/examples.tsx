import { words } from '@/lib/i18n/words';
import { Amt } from '../amt/component';
import type { Example } from '../examples/example';
import { yuan } from '../examples/figures';
import { exampleRoads, type ExampleRoad } from '../examples/roads';
import { Empty } from '../msg/component';
import { Table, type Column } from './component';

const columns = (lang: Parameters<Example['render']>[0]): Column<ExampleRoad>[] => {
  const t = words(lang, 'ui');
  return [
    {
      key: 'road',
      head: words(lang, 'ledger')('list.road'),
      names: true,
      cell: (road) => `${road.code} ${road.name[lang]}`,
    },
    {
      key: 'budget',
      head: t('five.budget'),
      numeric: true,
      phone: 'half',
      phoneLabel: t('five.budget'),
      cell: (road) => <Amt value={yuan(road.budgetMinor)} />,
    },
    {
      key: 'paid',
      head: t('five.paid'),
      numeric: true,
      phone: 'main',
      sort: { href: '?sort=paid', direction: 'descending' },
      cell: (road) => <Amt value={yuan(road.paidMinor)} />,
      foot: <Amt value={yuan(5_146_200n)} />,
    },
  ];
};

const rows = exampleRoads.slice(0, 3);

export const examples: readonly Example[] = [
  {
    name: 'ledger',
    render: (lang) => (
      <Table
        lang={lang}
        caption={words(lang, 'common')('nav.roads')}
        columns={columns(lang)}
        rows={rows}
        rowKey={(road) => road.code}
      />
    ),
  },
  {
    name: 'dense, a row chosen',
    render: (lang) => (
      <div className="staff">
        <Table
          lang={lang}
          look="dense"
          caption={`${words(lang, 'common')('nav.roads')} 2`}
          captionHidden
          columns={columns(lang)}
          rows={rows}
          rowKey={(road) => road.code}
          selected={(road) => road.code === 'ML-02'}
        />
      </div>
    ),
  },
  {
    name: 'empty',
    render: (lang) => (
      <Table
        lang={lang}
        caption={words(lang, 'common')('nav.roads')}
        columns={columns(lang)}
        rows={[]}
        rowKey={(road) => road.code}
        empty={<Empty title={words(lang, 'segment')('list.none')} />}
      />
    ),
  },
];
