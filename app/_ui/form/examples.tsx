import type { Lang } from '@/lib/i18n/languages';
import type { Example } from '../examples/example';
import { Stele } from '../code/component';
import { Group, SelectField, TextAreaField, TextField, Tile } from './component';
import { ErrorSummary } from './error-summary';

const WORDS = {
  'zh-Hans': {
    amount: '金额',
    hint: '单位是元，例如 12.50',
    wrong: '最多两位小数：12.34 或 12.35',
    name: '怎么称呼您',
    note: '想说的话',
    road: '捐给哪条路',
    any: '统筹使用，由两人决定',
    longevity: '长寿巷',
    missing: '还差 ¥3,800.00',
    full: '禾场路',
    why: '这条路的钱已经齐了',
    fee: '加上手续费，让全额到账',
    noFee: '银行转账没有手续费',
  },
  'zh-Hant': {
    amount: '金額',
    hint: '單位是元，例如 12.50',
    wrong: '最多兩位小數：12.34 或 12.35',
    name: '怎樣稱呼您',
    note: '想說的話',
    road: '捐給哪條路',
    any: '統籌使用，由兩人決定',
    longevity: '長壽巷',
    missing: '尚欠 ¥3,800.00',
    full: '禾場路',
    why: '這條路的錢已經齊了',
    fee: '加上手續費，讓全額到帳',
    noFee: '銀行轉帳沒有手續費',
  },
  en: {
    amount: 'Amount',
    hint: 'In yuan, for example 12.50',
    wrong: 'Two decimals at most: 12.34 or 12.35',
    name: 'Your name',
    note: 'Anything you would like to say',
    road: 'Which road?',
    any: 'Where it is needed: two people decide',
    longevity: 'Longevity Lane',
    missing: '¥3,800.00 is missing',
    full: 'Threshing Floor Road',
    why: 'This road has its money',
    fee: 'Add the fee, so that the full amount arrives',
    noFee: 'A bank transfer costs no fee',
  },
} satisfies Record<Lang, Record<string, string>>;

export const examples: readonly Example[] = [
  {
    name: 'field with hint',
    render: (lang) => (
      <TextField
        id="ex-amount"
        name="amount"
        label={WORDS[lang].amount}
        hint={WORDS[lang].hint}
        inputMode="decimal"
        figures
      />
    ),
  },
  {
    name: 'field with error, entry kept',
    render: (lang) => (
      <TextField
        id="ex-wrong"
        name="amount"
        label={WORDS[lang].amount}
        hint={WORDS[lang].hint}
        error={WORDS[lang].wrong}
        defaultValue="12.345"
        figures
      />
    ),
  },
  {
    name: 'optional field, long text, choice',
    render: (lang) => (
      <div className="grid gap-4">
        <TextField id="ex-name" name="name" label={WORDS[lang].name} optionalIn={lang} />
        <TextAreaField id="ex-note" name="note" label={WORDS[lang].note} optionalIn={lang} />
        <SelectField
          id="ex-road"
          name="road"
          label={WORDS[lang].road}
          choices={[
            { value: '', label: WORDS[lang].any },
            { value: 'ML-22', label: `ML-22 ${WORDS[lang].longevity}` },
          ]}
        />
      </div>
    ),
  },
  {
    name: 'tiles: chosen, not chosen, not possible',
    render: (lang) => (
      <Group id="ex-tiles" legend={WORDS[lang].road}>
        <Tile name="ex-tile" value="any" title={WORDS[lang].any} />
        <Tile
          name="ex-tile"
          value="ML-22"
          title={WORDS[lang].longevity}
          note={WORDS[lang].missing}
          end={<Stele code="ML-22" />}
          defaultChecked
        />
        <Tile name="ex-tile" value="ML-07" title={WORDS[lang].full} note={WORDS[lang].why} disabled />
        <Tile type="checkbox" name="ex-fee" title={WORDS[lang].fee} note={WORDS[lang].noFee} defaultChecked />
      </Group>
    ),
  },
  {
    name: 'error summary',
    render: (lang) => (
      <ErrorSummary
        title={WORDS[lang].wrong}
        errors={[{ field: 'ex-wrong', text: `${WORDS[lang].amount}: ${WORDS[lang].wrong}` }]}
      />
    ),
  },
];
