import type { Lang } from '@/lib/i18n/languages';
import { Amt } from '../amt/component';
import type { Example } from '../examples/example';
import { yuan } from '../examples/figures';
import { Checks, DiffTable, Keys, MakerChecker, PartsBar } from './component';

const WORDS = {
  'zh-Hans': {
    what: '改了什么',
    price: '合同价',
    drain: '边沟',
    share: '付款比例',
    files: '附件',
    two: '2 张照片',
    maker: '经办',
    checker: '复核',
    submitted: '2024-06-28 16:20 提交',
    notYet: '还没有签',
    people: '经办与复核不是同一人',
    within: '变更后不超过已分配',
    next: '上下',
    approve: '批准',
  },
  'zh-Hant': {
    what: '改了甚麼',
    price: '合約價',
    drain: '邊溝',
    share: '付款比例',
    files: '附件',
    two: '2 張照片',
    maker: '經辦',
    checker: '覆核',
    submitted: '2024-06-28 16:20 提交',
    notYet: '還沒有簽',
    people: '經辦與覆核不是同一人',
    within: '變更後不超過已分配',
    next: '上下',
    approve: '批准',
  },
  en: {
    what: 'What changed',
    price: 'Contract price',
    drain: 'Side drain',
    share: 'Payment plan',
    files: 'Attachments',
    two: '2 photographs',
    maker: 'maker',
    checker: 'checker',
    submitted: 'submitted 2024-06-28 16:20',
    notYet: 'not signed yet',
    people: 'Maker and checker are two people',
    within: 'Stays within what is allocated',
    next: 'up and down',
    approve: 'approve',
  },
} satisfies Record<Lang, Record<string, string>>;

export const examples: readonly Example[] = [
  {
    name: 'diff: changed, added, same',
    render: (lang) => {
      const t = WORDS[lang];
      return (
        <div className="staff">
          <DiffTable
            lang={lang}
            caption={t.what}
            changes={[
              {
                item: t.price,
                before: <Amt value={yuan(1_270_000n)} />,
                after: <Amt value={yuan(1_325_000n)} />,
                difference: <Amt value={yuan(55_000n)} sign="always" />,
              },
              { item: t.drain, before: '47.5 m', after: '60 m', difference: '+12.5 m' },
              { item: t.files, before: null, after: t.two },
              { item: t.share, before: '30 / 40 / 27 / 3', after: null },
            ]}
          />
        </div>
      );
    },
  },
  {
    name: 'maker and checker',
    render: (lang) => (
      <MakerChecker
        maker={{ name: '林', role: WORDS[lang].maker, note: WORDS[lang].submitted }}
        checker={{ name: '周', role: WORDS[lang].checker, note: WORDS[lang].notYet }}
      />
    ),
  },
  {
    name: 'checks, one failing',
    render: (lang) => (
      <Checks
        checks={[
          { text: WORDS[lang].people, holds: true, figures: '林 ≠ 周' },
          { text: WORDS[lang].within, holds: false, figures: '¥13,250.00 > ¥13,000.00' },
        ]}
      />
    ),
  },
  {
    name: 'effect on a road',
    render: () => (
      <div className="grid gap-2">
        <PartsBar
          wholeMinor={1_335_000n}
          parts={[
            { material: 'asphalt', minor: 381_000n },
            { material: 'binder', minor: 889_000n },
          ]}
        />
        <PartsBar
          wholeMinor={1_335_000n}
          parts={[
            { material: 'asphalt', minor: 381_000n },
            { material: 'binder', minor: 889_000n },
            { material: 'new', minor: 55_000n },
          ]}
        />
      </div>
    ),
  },
  {
    name: 'keys',
    render: (lang) => (
      <Keys
        keys={[
          { keys: ['J', 'K'], does: WORDS[lang].next },
          { keys: ['A'], does: WORDS[lang].approve },
        ]}
      />
    ),
  },
];
