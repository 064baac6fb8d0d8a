import { words } from '@/lib/i18n/words';
import { BeforeAfter, Thumbs } from '../../../../_ui/compare/component';
import { Fingerprint } from '../../../../_ui/docs/component';
import { RoadScene } from '../../../../_ui/illustration/road-scene';
import { Empty } from '../../../../_ui/msg/component';
import { Section } from '../../../../_ui/page/component';
import type { SegmentPhotograph, SegmentProps } from './segment-view';

/** The same spot before and after, the pictures as stills, and the fingerprints of the sealed originals. */
export function Photographs({ lang, model }: SegmentProps) {
  const t = words(lang, 'segment');
  const ui = words(lang, 'ui');
  const first = (stage: SegmentPhotograph['stage']) =>
    model.photographs.find((photograph) => photograph.stage === stage);
  const [before, after] = [first('before'), first('after')];
  const drawn = model.photographs.some((photograph) => photograph.picture === null);
  return (
    <Section
      id="photographs"
      title={t('photos.title')}
      aside={before && after ? ui('before.hint') : undefined}
    >
      {model.photographs.length === 0 ? (
        <Empty title={t('photos.none')}>{t('photos.noneBody')}</Empty>
      ) : (
        <div className={before && after ? 'two-wide' : undefined}>
          {before && after && (
            <div>
              <BeforeAfter
                lang={lang}
                before={<Still photograph={before} />}
                after={<Still photograph={after} />}
                describes={drawn ? t('photos.describes') : `${before.caption} ${after.caption}`}
              />
              <p className="caption mt-2">{drawn ? t('photos.drawn') : t('photos.real')}</p>
            </div>
          )}
          <div>
            <Thumbs>
              {model.photographs.slice(0, 3).map((photograph) => (
                <figure key={photograph.originalSha256}>
                  <Still photograph={photograph} />
                  <figcaption>
                    <b>{ui(`before.${photograph.stage}`)}</b>
                    <time dateTime={photograph.takenOn}>{photograph.takenOn}</time>
                    {photograph.by !== null && (
                      <>
                        <br />
                        {t('photos.by', { who: photograph.by })}
                      </>
                    )}
                  </figcaption>
                </figure>
              ))}
            </Thumbs>
            <div className="mt-4">
              {model.photographs.map((photograph) => (
                <Fingerprint
                  key={photograph.originalSha256}
                  lang={lang}
                  sha256={photograph.originalSha256}
                  label={t('photos.original', { stage: ui(`before.${photograph.stage}`) })}
                />
              ))}
            </div>
          </div>
        </div>
      )}
    </Section>
  );
}

function Still({ photograph }: { photograph: SegmentPhotograph }) {
  if (photograph.picture === null) return <RoadScene time={photograph.stage} />;
  const { src, width, height } = photograph.picture;
  // The files are already sized and stripped for the public; Next's image service would only copy them again.
  // eslint-disable-next-line @next/next/no-img-element
  return (
    <img src={src} width={width} height={height} alt={photograph.caption} loading="lazy" decoding="async" />
  );
}
