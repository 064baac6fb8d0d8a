import { env } from '@/lib/env';
import type { Lang } from '@/lib/i18n/languages';
import { toDecimal } from '@/lib/shared/money';
import type { JsonLdValue } from '../../_ui/site/json-ld';
import type { HomeModel } from './home-view';
import type { SegmentModel } from './roads/[code]/segment-view';

type Facts = { readonly [key: string]: JsonLdValue };

const addressOf = (path: string): string => new URL(path, env.PUBLIC_URL).href;

/** The campaign for machines: who runs it, what has come in, and where the data is. */
export const campaignFacts = (lang: Lang, model: HomeModel): Facts => ({
  '@type': 'Project',
  name: model.campaign.name,
  url: addressOf(`/${lang}`),
  inLanguage: lang,
  areaServed: { '@type': 'Place', name: model.campaign.place },
  parentOrganization: { '@type': 'Organization', name: model.campaign.organiser },
  funding: {
    '@type': 'Grant',
    name: model.campaign.name,
    amount: {
      '@type': 'MonetaryAmount',
      currency: model.currency,
      value: toDecimal(model.figures.receivedMinor, model.currency),
    },
  },
  subjectOf: {
    '@type': 'Dataset',
    name: model.campaign.name,
    description: `${model.campaign.organiser} · ${model.campaign.place}`,
    url: addressOf(`/${lang}/data`),
    isAccessibleForFree: true,
  },
});

/** One road for machines: where it lies and whose it is. GeoJSON has longitude first, schema.org latitude. */
export const roadFacts = (lang: Lang, road: SegmentModel): Facts => {
  const own = road.roads.find((one) => one.code === road.code);
  return {
    '@type': 'Place',
    identifier: road.code,
    name: road.name,
    url: addressOf(`/${lang}/roads/${road.code}`),
    sameAs: addressOf(road.shortPath),
    image: addressOf(`/${lang}/roads/${road.code}/share.png`),
    ...(own && {
      geo: {
        '@type': 'GeoShape',
        line: own.line.map(([longitude, latitude]) => `${latitude},${longitude}`).join(' '),
      },
    }),
  };
};
