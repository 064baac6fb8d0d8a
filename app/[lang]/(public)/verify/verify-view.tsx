import { countText, dateText, momentText, secondsText, wallClock } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { verify as verifyWords } from '@/lib/i18n/messages/verify';
import { words } from '@/lib/i18n/words';
import { Btn, BtnLink } from '../../../_ui/btn/component';
import { Written } from '../../../_ui/content/component';
import { TextField } from '../../../_ui/form/component';
import { Icon } from '../../../_ui/icon/component';
import { Msg } from '../../../_ui/msg/component';
import { Section, Wrap } from '../../../_ui/page/component';
import { Table } from '../../../_ui/table/component';
import type { VerifyModel } from './verify-model';

// A file, not a page: the browser goes there itself.
const HEAD = '/log/checkpoint';

/**
 * Check it yourself. The page works in three ways: the browser checks a dropped file or a number by itself
 * (public/verify-page.mjs); without scripts the server checks a number and says that this is only its own word; and
 * the last section tells how to check without this page at all.
 */
export function VerifyView({
  lang,
  model,
  nonce,
  typed,
}: {
  lang: Lang;
  model: VerifyModel;
  nonce: string | undefined;
  typed: string;
}) {
  const t = words(lang, 'verify');
  const facts = {
    words: verifyWords[lang].script,
    keys: model.keys,
    witnesses: model.witnesses,
    numbers: model.numbers,
    log: '/log',
  };
  return (
    <Wrap>
      <div id="verify" data-facts={JSON.stringify(facts)} suppressHydrationWarning>
        <section className="verify-hero" aria-labelledby="verify-title">
          <div>
            <h1 id="verify-title">
              {t('titleFirst')}
              <br />
              {t('titleSecond')}
            </h1>
            <p className="lead">{t('lead')}</p>
          </div>
          <div>
            <Drop lang={lang} />
            <form id="verify-number" className="verify-number" method="get">
              <TextField
                id="verify-gift"
                name="gift"
                label={t('number.label')}
                hint={t('number.hint')}
                defaultValue={typed}
                autoComplete="off"
                maxLength={100}
                figures
              />
              <Btn type="submit">{t('number.check')}</Btn>
            </form>
          </div>
        </section>
        {model.asked && <CheckedByServer lang={lang} asked={model.asked} />}
        {/* The browser's findings are put in here; React leaves the inside of this element alone. */}
        <div id="verify-result" dangerouslySetInnerHTML={{ __html: '' }} />
        {model.asked && <LeavesOfThing lang={lang} asked={model.asked} />}
        {model.halts.length > 0 && <Halts lang={lang} model={model} />}
        <Section id="whole" title={t('whole.title')} intro={t('whole.body')}>
          <p>{statusText(lang, model)}</p>
          {model.size !== null && (
            <div className="mt-4" data-needs-script="" hidden suppressHydrationWarning>
              <Btn id="verify-whole" kind="line" type="button">
                {t('whole.button', { count: countText(model.size) })}
              </Btn>
            </div>
          )}
        </Section>
        <Ways lang={lang} model={model} />
      </div>
      {/* eslint-disable-next-line @next/next/no-sync-scripts -- a module waits for the page by itself, and defer beside it is invalid */}
      <script type="module" src="/verify-page.mjs" nonce={nonce} suppressHydrationWarning />
    </Wrap>
  );
}

function Drop({ lang }: { lang: Lang }) {
  const t = words(lang, 'verify');
  return (
    <>
      <label
        className="verify-drop"
        htmlFor="verify-file"
        data-needs-script=""
        hidden
        suppressHydrationWarning
      >
        <Icon name="paper" />
        <b>{t('drop.title')}</b>
        <span className="caption">{t('drop.hint')}</span>
        <span className="btn btn-line" aria-hidden="true">
          {t('drop.button')}
        </span>
        <input type="file" id="verify-file" accept=".pdf,.tlog-proof,application/pdf,text/plain" />
      </label>
      <noscript>
        <p className="caption">{t('drop.noScript')}</p>
      </noscript>
    </>
  );
}

function CheckedByServer({ lang, asked }: { lang: Lang; asked: NonNullable<VerifyModel['asked']> }) {
  const t = words(lang, 'verify');
  const path = asked.name.split('/').map(encodeURIComponent).join('/');
  return (
    <div id="verify-server" className="verify-server" suppressHydrationWarning>
      {asked.outcome === 'unknown' ? (
        <Msg kind="warn" title={t('server.none', { name: asked.name })} />
      ) : (
        <Msg
          kind={asked.outcome === 'holds' ? 'ok' : 'err'}
          title={asked.outcome === 'holds' ? t('server.title') : t('server.titleBad')}
        >
          <p>{t('server.body')}</p>
          <p>
            <a href={`/log/proof/${path}.tlog-proof`}>{t('server.download')}</a>
          </p>
        </Msg>
      )}
    </div>
  );
}

/** Every act and entry the log holds about a road, gift, contract or payment, each with its own proof file. */
function LeavesOfThing({ lang, asked }: { lang: Lang; asked: NonNullable<VerifyModel['asked']> }) {
  const t = words(lang, 'verify');
  if (asked.leaves.length === 0) return null;
  return (
    <Section id="leaves" title={t('leaves.title', { name: asked.name })} intro={t('leaves.body')}>
      <Table
        lang={lang}
        caption={t('leaves.title', { name: asked.name })}
        captionHidden
        rows={asked.leaves}
        rowKey={(leaf) => String(leaf.index)}
        columns={[
          {
            key: 'leaf',
            head: t('leaves.leaf'),
            cell: ({ index }) => (
              <a href={`/${lang}/verify?leaf=${index + 1n}`}>
                {t('leaves.number', { number: countText(index + 1n) })}
              </a>
            ),
          },
          { key: 'what', head: t('leaves.what'), names: true, cell: (leaf) => eventText(lang, leaf.event) },
          { key: 'entry', head: t('leaves.entry'), cell: (leaf) => leaf.number ?? '—' },
          {
            key: 'proof',
            head: t('leaves.proof'),
            cell: ({ index }) => <a href={`/log/proof/leaf/${index}.tlog-proof`}>{t('leaves.download')}</a>,
          },
        ]}
      />
    </Section>
  );
}

const eventText = (lang: Lang, event: string | null): string => {
  const known: Readonly<Record<string, string>> = verifyWords[lang].event;
  return known[event ?? ''] ?? event ?? '—';
};

/** How the log stands: what is signed, by whom, and what is still waiting for its place in it. */
const statusText = (lang: Lang, { status }: VerifyModel): string => {
  const t = words(lang, 'verify');
  const { head, waiting, waitingMs, delay } = status;
  if (head === null) return t('whole.empty');
  const signed = t('status.signed', {
    count: countText(head.size),
    moment: momentText(head.signedAt, lang),
    witnessed: head.witnesses > 0 ? 'yes' : 'no',
  });
  const behind =
    waiting === 0
      ? t('status.nothing')
      : t('status.waiting', { count: countText(waiting), seconds: countText(waitingMs / 1000n) });
  const took =
    delay &&
    t('status.delay', {
      count: countText(delay.leaves),
      p99: secondsText(delay.p99Ms),
      median: secondsText(delay.medianMs),
    });
  return [signed, behind, took].filter((part) => part !== null).join(lang === 'en' ? ' ' : '');
};

function Halts({ lang, model }: { lang: Lang; model: VerifyModel }) {
  const t = words(lang, 'verify');
  const day = (moment: Date): string => dateText(wallClock(moment).date, lang);
  return (
    <Section id="halts" title={t('halt.title')}>
      {model.halts.map((halt) => (
        <Msg
          key={halt.foundAt.toISOString()}
          kind={halt.resumedAt ? 'info' : 'warn'}
          title={t('halt.body', {
            date: day(halt.foundAt),
            own: countText(halt.ownSize),
            held: countText(halt.witnessedSize),
          })}
        >
          {halt.resumedAt && halt.reason !== null ? (
            <>
              <p>{t.rich('halt.reason', { said: () => <Written lang={lang} text={halt.reason ?? ''} /> })}</p>
              <p>{t('halt.resumed', { date: day(halt.resumedAt), origin: halt.resumedAs ?? '' })}</p>
            </>
          ) : (
            <p>{t('halt.open')}</p>
          )}
        </Msg>
      ))}
    </Section>
  );
}

function Ways({ lang, model }: { lang: Lang; model: VerifyModel }) {
  const t = words(lang, 'verify');
  return (
    <Section id="ways" title={t('ways.title')}>
      <ul className="verify-ways">
        <li>
          <b>{t('ways.script')}</b>
          <p>{t('ways.scriptBody')}</p>
          <pre tabIndex={0} role="region" aria-label={t('ways.commandLabel')}>
            {`node verify.mjs G-0095.tlog-proof --key ${model.keys[0] ?? 'VKEY'}`}
          </pre>
          <BtnLink kind="line" href="/verify.mjs" download="verify.mjs">
            {t('ways.scriptLink')}
          </BtnLink>
        </li>
        <li>
          <b>{t('ways.other')}</b>
          <p>{t('ways.otherBody')}</p>
          <p>
            <a href={HEAD}>{model.origin === null ? '/log/checkpoint' : `${model.origin}/checkpoint`}</a>
          </p>
          <pre tabIndex={0} role="region" aria-label={t('ways.keyLabel')}>
            {model.keys.join('\n') || '…'}
          </pre>
        </li>
        <li>
          <b>{t('ways.hand')}</b>
          <p>{t('ways.handBody')}</p>
          <p>
            <a href={`/${lang}/roads`}>{t('ways.handLink')}</a>
          </p>
        </li>
      </ul>
    </Section>
  );
}
