import { words } from '@/lib/i18n/words';
import { money } from '@/lib/shared/money';
import { Amt } from '../../../../_ui/amt/component';
import { Documents, Seal, Withheld } from '../../../../_ui/docs/component';
import { Empty } from '../../../../_ui/msg/component';
import { Section } from '../../../../_ui/page/component';
import type { SegmentProps } from './segment-view';

/** The quotes that were compared, then every paper of the road with its fingerprint. */
export function Papers({ lang, model }: SegmentProps) {
  const t = words(lang, 'segment');
  return (
    <Section id="documents" title={t('docs.title')}>
      {model.quotes.length > 0 && (
        <>
          <h3 className="font-sans text-md">{t('docs.quotes', { count: model.quotes.length })}</h3>
          <ul className="quotes">
            {model.quotes.map((quote) => (
              <li key={quote.contractor}>
                <span>
                  {quote.contractor} {quote.chosen && <b>{t('docs.chosen')}</b>}
                </span>
                <Amt value={money(model.currency, quote.amountMinor)} />
              </li>
            ))}
          </ul>
          {model.quotesWithheld && (
            <p className="caption mt-2">
              {t('docs.quotesWithheld')}: <Withheld lang={lang} {...model.quotesWithheld} />
            </p>
          )}
        </>
      )}
      {model.documents.length === 0 ? (
        <Empty title={t('docs.none')}>{t('docs.noneBody')}</Empty>
      ) : (
        <Documents
          lang={lang}
          documents={model.documents.map((one) =>
            one.accepts ? { ...one, seal: <AcceptanceSeal lang={lang} /> } : one,
          )}
        />
      )}
    </Section>
  );
}

/** The seal on an acceptance sheet: four characters, two and two. */
function AcceptanceSeal({ lang }: Pick<SegmentProps, 'lang'>) {
  const traditional = lang === 'zh-Hant';
  return (
    <Seal label={words(lang, 'segment')('docs.seal')}>
      <span lang={traditional ? 'zh-Hant' : 'zh-Hans'}>
        {traditional ? '驗收' : '验收'}
        <br />
        合格
      </span>
    </Seal>
  );
}
