import type { Reader } from '@/db/connect';
import type { CurrencyCode } from '../../shared/currencies';
import { isLang, type Lang } from '../../i18n/languages';
import { amountText, dateText } from '../../i18n/format';
import { words } from '../../i18n/words';
import { money } from '../../shared/money';
import { xmlText } from '../../shared/xml';
import type { OpenFile } from './exports';
import { icsCalendar } from './ics.rules';
import { LICENCE } from './licence';

const NEWEST = 50;

type Feed = { readonly title: string; readonly page: string };
type Item = { readonly id: string; readonly title: string; readonly link: string; readonly day: string };

/** `feeds/<lang>/campaigns/<slug>.atom`, `feeds/<lang>/roads/<code>.atom`, `feeds/<lang>/campaigns/<slug>.ics`. */
export const feedFile = (name: string, publicUrl: string): OpenFile | null => {
  const [, lang = '', kind = '', id = '', type = ''] =
    /^feeds\/([A-Za-z-]+)\/(campaigns|roads)\/([A-Za-z0-9-]+)\.(atom|ics)$/.exec(name) ?? [];
  if (!isLang(lang) || (type === 'ics' && kind !== 'campaigns')) return null;
  const own = `${publicUrl}/open-data/${name}`;
  return type === 'ics'
    ? { name, mediaType: 'text/calendar; charset=utf-8', pieces: (db) => calendar(id, lang, publicUrl, db) }
    : {
        name,
        mediaType: 'application/atom+xml; charset=utf-8',
        pieces: (db) => atom(kind, id, lang, own, publicUrl, db),
      };
};

/** The newest entries of a campaign or a road as an Atom feed (RFC 4287), dated by the day. */
async function* atom(
  kind: string,
  id: string,
  lang: Lang,
  own: string,
  publicUrl: string,
  db: Reader,
): AsyncGenerator<string> {
  const feed = await feedHead(kind, id, lang, publicUrl, db);
  const items = feed ? await newestEntries(kind, id, lang, publicUrl, db) : [];
  const updated = `${items[0]?.day ?? '2023-01-01'}T00:00:00+08:00`;
  yield [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${lang}">`,
    `<id>${xmlText(own)}</id>`,
    `<title>${xmlText(feed?.title ?? id)}</title>`,
    `<updated>${updated}</updated>`,
    `<author><name>Shanlu 善路</name></author>`,
    `<rights>${LICENCE.name}</rights>`,
    `<link rel="self" type="application/atom+xml" href="${xmlText(own)}"/>`,
    `<link rel="alternate" type="text/html" href="${xmlText(feed?.page ?? publicUrl)}"/>`,
    ...items.map(
      (item) =>
        `<entry><id>${xmlText(item.id)}</id><title>${xmlText(item.title)}</title><updated>${item.day}T00:00:00+08:00</updated><link rel="alternate" type="text/html" href="${xmlText(item.link)}"/></entry>`,
    ),
    '</feed>',
    '',
  ].join('\n');
}

const feedHead = async (
  kind: string,
  id: string,
  lang: Lang,
  publicUrl: string,
  db: Reader,
): Promise<Feed | null> => {
  const row =
    kind === 'roads'
      ? await db.selectFrom('disclosure.segment').select('name').where('code', '=', id).executeTakeFirst()
      : await db.selectFrom('disclosure.campaign').select('name').where('slug', '=', id).executeTakeFirst();
  return (
    (row && {
      title: kind === 'roads' ? `${id} ${row.name[lang]}` : row.name[lang],
      page: kind === 'roads' ? `${publicUrl}/${lang}/roads/${id}` : `${publicUrl}/${lang}`,
    }) ??
    null
  );
};

const newestEntries = async (
  kind: string,
  id: string,
  lang: Lang,
  publicUrl: string,
  db: Reader,
): Promise<Item[]> => {
  const rows = await db
    .selectFrom('disclosure.entry')
    .select(['number', 'kind', 'subject', 'recorded_on', 'accounting_date', 'amount_minor', 'currency'])
    .where(kind === 'roads' ? 'segment' : 'campaign', '=', id)
    .orderBy('id', 'desc')
    .limit(NEWEST)
    .execute();
  const t = words(lang, 'openData');
  return rows.map((row) => ({
    id: `${publicUrl}/api/v1/entries/${row.number}`,
    title: t('feed.item', {
      day: dateText(row.accounting_date, lang),
      subject: row.subject,
      amount: amountText(money(row.currency as CurrencyCode, row.amount_minor)),
    }),
    link: `${publicUrl}/${lang}/ledger?subject=${encodeURIComponent(row.subject)}`,
    day: row.recorded_on,
  }));
};

async function* calendar(slug: string, lang: Lang, publicUrl: string, db: Reader): AsyncGenerator<string> {
  const duties = await db
    .selectFrom('disclosure.duty')
    .selectAll()
    .where('campaign', '=', slug)
    .orderBy('due_on')
    .execute();
  yield icsCalendar(
    words(lang, 'openData')('calendar.name'),
    duties.map((duty) => ({
      uid: `${slug}-${duty.kind}-${duty.due_on}@${new URL(publicUrl).host}`,
      day: duty.due_on,
      summary: duty.done_on === null ? duty.title[lang] : `✓ ${duty.title[lang]}`,
      description: duty.rule,
      isDone: duty.done_on !== null,
    })),
  );
}
