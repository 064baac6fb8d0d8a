import type { Lang } from '@/lib/i18n/languages';
import type { Example } from '../examples/example';
import { exampleRoads } from '../examples/roads';
import { MalingGround } from '../illustration/maling-ground';
import { MapKey, VillageMap } from './component';

const roads = (lang: Lang) =>
  exampleRoads.map((road) => ({ ...road, name: road.name[lang], href: `/${lang}/roads/${road.code}` }));

export const examples: readonly Example[] = [
  {
    name: 'the whole village',
    wide: true,
    render: (lang, nonce) => (
      <>
        <VillageMap lang={lang} nonce={nonce} roads={roads(lang)} background={<MalingGround lang={lang} />} />
        <MapKey lang={lang} roads={exampleRoads} />
      </>
    ),
  },
  {
    name: 'around one road',
    render: (lang) => (
      <VillageMap lang={lang} roads={roads(lang)} around="ML-07" background={<MalingGround lang={lang} />} />
    ),
  },
  {
    name: 'around one road, without a drawn ground',
    render: (lang) => <VillageMap lang={lang} roads={roads(lang)} around="ML-18" />,
  },
];
