import { embedFacts } from '@/lib/disclosure/embed.queries';
import { homeCampaign } from '@/lib/disclosure/campaign.queries';
import { OPEN_DATA_HEADERS } from '@/lib/disclosure/open-data/licence';
import { env } from '@/lib/env';
import { isLang } from '@/lib/i18n/languages';
import { notFound, problem } from '@/lib/server/open-data-answer';
import { xmlText } from '@/lib/shared/xml';

const SIZE = { width: 600, height: 640 } as const;

/** oEmbed (oembed.com) for the home page and the pages of roads: the road bar as a frame. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const format = searchParams.get('format') ?? 'json';
  if (format !== 'json')
    return problem(501, 'bad-parameter', 'Only JSON is offered.', {
      errors: [{ parameter: 'format', detail: 'must be json' }],
    });
  const address = searchParams.get('url') ?? '';
  if (!URL.canParse(address) || new URL(address).origin !== new URL(env.PUBLIC_URL).origin) return notFound();
  const [, lang = '', section, code] = new URL(address).pathname.split('/');
  const of = section === undefined || section === '' ? 'campaigns' : section;
  const id = of === 'campaigns' ? await homeCampaign() : code;
  if (!isLang(lang) || id === null || id === undefined || id === '') return notFound();
  const facts = await embedFacts(of, id);
  if (!facts) return notFound();
  const width = lessOf(searchParams.get('maxwidth'), SIZE.width);
  const height = lessOf(searchParams.get('maxheight'), SIZE.height);
  const title = facts.name[lang];
  const source = `${env.PUBLIC_URL}/embed/${lang}/${of}/${encodeURIComponent(id)}`;
  return Response.json(
    {
      version: '1.0',
      type: 'rich',
      title,
      provider_name: 'Shanlu 善路',
      provider_url: env.PUBLIC_URL,
      cache_age: 300,
      width,
      height,
      html: `<iframe src="${xmlText(source)}" title="${xmlText(title)}" width="${width}" height="${height}"></iframe>`,
    },
    { headers: { ...OPEN_DATA_HEADERS, 'cache-control': 'public, max-age=300' } },
  );
}

/** A frame is never larger than the page that asks allows. */
const lessOf = (asked: string | null, usual: number): number =>
  asked !== null && /^[1-9]\d{0,4}$/.test(asked) ? Math.min(Number(asked), usual) : usual;
