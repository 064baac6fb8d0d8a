import { contentIn } from '@/lib/i18n/convert';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';

/**
 * A text somebody wrote, for readers of another language: marked with the language it is in, and with how it came to
 * be there. Interface words never pass through here, they are translated by hand.
 */
export function Content({
  lang,
  text,
  original,
  quiet = false,
}: {
  lang: Lang;
  text: Readonly<Record<Lang, string>>;
  original?: Lang | undefined;
  /** Only the language is marked, where a note beside every short text would drown the page. */
  quiet?: boolean | undefined;
}) {
  const shown = contentIn(lang, text, original);
  const t = words(lang, 'ui');
  return (
    <>
      <span lang={shown.lang === lang ? undefined : shown.lang}>{shown.text}</span>
      {!quiet && shown.how !== 'written' && (
        <span className="content-note">
          {t(
            shown.how === 'converted'
              ? 'content.converted'
              : `content.${shown.lang === 'en' ? 'english' : 'chinese'}`,
          )}
        </span>
      )}
    </>
  );
}

/** Words somebody typed once, in whatever language, for readers of every language. */
export function Written({ lang, text }: { lang: Lang; text: string }) {
  return <Content lang={lang} text={{ 'zh-Hans': text, 'zh-Hant': text, en: text }} />;
}

/** A longer text in paragraphs, with the note once below it. */
export function ContentParagraphs({
  lang,
  text,
  original,
}: {
  lang: Lang;
  text: Readonly<Record<Lang, string>>;
  original?: Lang | undefined;
}) {
  const shown = contentIn(lang, text, original);
  const t = words(lang, 'ui');
  return (
    <div lang={shown.lang === lang ? undefined : shown.lang} className="content-text">
      {shown.text.split(/\n+/).map((paragraph, index) => (
        <p key={index}>{paragraph}</p>
      ))}
      {shown.how !== 'written' && (
        <p className="content-note" lang={lang}>
          {t(
            shown.how === 'converted'
              ? 'content.converted'
              : `content.${shown.lang === 'en' ? 'english' : 'chinese'}`,
          )}
        </p>
      )}
    </div>
  );
}
