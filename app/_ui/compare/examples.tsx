import { words } from '@/lib/i18n/words';
import type { Example } from '../examples/example';
import { RoadScene } from '../illustration/road-scene';
import { BeforeAfter, Thumbs } from './component';

export const examples: readonly Example[] = [
  {
    name: 'before and after',
    render: (lang) => (
      <BeforeAfter
        lang={lang}
        before={<RoadScene time="before" />}
        after={<RoadScene time="after" />}
        describes={words(lang, 'segment')('photos.describes')}
      />
    ),
  },
  {
    name: 'stills',
    render: (lang) => (
      <Thumbs>
        {(['before', 'during', 'after'] as const).map((time) => (
          <figure key={time}>
            <RoadScene time={time} />
            <figcaption>
              <b>{words(lang, 'ui')(`before.${time}`)}</b>
            </figcaption>
          </figure>
        ))}
      </Thumbs>
    ),
  },
];
