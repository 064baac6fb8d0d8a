import type { ReactNode } from 'react';
import { countText, dateText } from '@/lib/i18n/format';
import type { Lang } from '@/lib/i18n/languages';
import { words } from '@/lib/i18n/words';
import { BtnLink } from '../btn/component';
import { Icon } from '../icon/component';
import { Wrap } from '../page/component';
import type { Display } from './display';
import { ComeBackHere, LanguageLinks, NavLink } from './where';

/** The last signed head of the public log, for the foot of every page. */
export type Signature = { readonly treeSize: number; readonly date: string; readonly root: string };

/**
 * Head, notice and foot around a public or giving page. `main` has no column of its own: pages use `Wrap`, so a
 * picture may run over the full width.
 */
export function PublicShell({
  lang,
  display,
  signature,
  children,
}: {
  lang: Lang;
  display: Display;
  signature: Signature | null;
  children: ReactNode;
}) {
  return (
    <>
      <SkipLink lang={lang} />
      <DemoNotice lang={lang} />
      <SiteHead lang={lang} display={display} />
      <main id="main">{children}</main>
      <SiteFoot lang={lang} display={display} signature={signature} />
    </>
  );
}

export function SkipLink({ lang }: { lang: Lang }) {
  return (
    <a className="skip-link" href="#main">
      {words(lang, 'common')('skip')}
    </a>
  );
}

/** Which figures are real and which are illustrative; on every public page, printed copies too. */
export function DemoNotice({ lang }: { lang: Lang }) {
  const t = words(lang, 'common');
  return (
    <aside className="notice" aria-label={t('notice.label')}>
      <Wrap>
        <b>{t('notice.label')}</b>
        <p>{t('notice.text')}</p>
      </Wrap>
    </aside>
  );
}

/** The milestone with a road running into it. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 30 38" aria-hidden="true" focusable="false">
      <path className="mark-stone" d="M1.5 36.5V15a13.5 13.5 0 0 1 27 0v21.5z" />
      <path className="mark-road" d="M8.8 36.5L13 12.8h4l4.2 23.7z" />
      <path className="mark-line" d="M15 34.8v-5.2M15 26.2v-4M15 19.2v-3" />
    </svg>
  );
}

export function SiteHead({ lang, display }: { lang: Lang; display: Display }) {
  const t = words(lang, 'common');
  const links = (
    <>
      <NavLink href={`/${lang}`} exact>
        {t('nav.money')}
      </NavLink>
      <NavLink href={`/${lang}/roads`}>{t('nav.roads')}</NavLink>
      <NavLink href={`/${lang}/ledger`}>{t('nav.ledger')}</NavLink>
      <NavLink href={`/${lang}/verify`}>{t('nav.verify')}</NavLink>
    </>
  );
  return (
    <header className="site-head no-print">
      <Wrap>
        <a className="logo" href={`/${lang}`}>
          <Mark />
          <span lang="zh-Hans">{t('brand')}</span>
          <small>{t('tagline')}</small>
        </a>
        <nav className="site-nav" aria-label={t('menu')}>
          {links}
        </nav>
        <div className="site-tools">
          <SizeSwitch lang={lang} display={display} />
          <LanguageLinks lang={lang} label={t('language')} />
          <BtnLink kind="give" href={`/${lang}/give`}>
            {t('give')}
          </BtnLink>
        </div>
        <details className="site-menu">
          <summary>
            <Icon name="menu" />
            {t('menu')}
          </summary>
          <div>
            <nav aria-label={t('menu')}>{links}</nav>
            <SizeSwitch lang={lang} display={display} />
            <LanguageLinks lang={lang} label={t('language')} />
          </div>
        </details>
      </Wrap>
    </header>
  );
}

/** 大字, one press: the whole page in larger type, remembered. */
function SizeSwitch({ lang, display }: { lang: Lang; display: Display }) {
  const t = words(lang, 'common');
  const large = display.size === 'large';
  return (
    <form method="post" action="/display">
      <ComeBackHere />
      <button
        className="size-switch"
        name="size"
        value={large ? 'normal' : 'large'}
        aria-pressed={large}
        aria-label={t('display.large')}
      >
        <span aria-hidden="true">{lang === 'en' ? 'Aa' : t('display.large')}</span>
      </button>
    </form>
  );
}

export function SiteFoot({
  lang,
  display,
  signature,
}: {
  lang: Lang;
  display: Display;
  signature: Signature | null;
}) {
  const t = words(lang, 'common');
  return (
    <footer className="site-foot no-print">
      <div className="centre-line" aria-hidden="true" />
      <Wrap>
        <section>
          <h2>{t('foot.responsible')}</h2>
          <ul>
            <li>
              <a href={`/${lang}/about`}>{t('foot.host')}</a>
            </li>
            <li>
              <a href={`/${lang}/about#contact`}>{t('foot.contact')}</a>
            </li>
            <li>
              <a href={`/${lang}/about#report`}>{t('foot.report')}</a>
            </li>
            <li>
              <a href={`/${lang}/reports`}>{t('foot.reports')}</a>
            </li>
            <li>
              <a href={`/${lang}/merit`}>{t('foot.merit')}</a>
            </li>
          </ul>
        </section>
        <section>
          <h2>{t('foot.data')}</h2>
          <ul>
            <li>
              <a href={`/${lang}/data#csv`}>{t('foot.csv')}</a>
            </li>
            <li>
              <a href={`/${lang}/data#api`}>{t('foot.api')}</a>
            </li>
            <li>
              <a href={`/${lang}/data#oc4ids`}>{t('foot.oc4ids')}</a>
            </li>
          </ul>
        </section>
        <section>
          <h2>{t('foot.signature')}</h2>
          {signature ? (
            <>
              <p>
                {t('foot.entries', { count: countText(signature.treeSize) })} ·{' '}
                <time dateTime={signature.date}>{dateText(signature.date, lang)}</time>
              </p>
              <p className="root-hash">{signature.root}</p>
            </>
          ) : (
            <p>{t('foot.noSignature')}</p>
          )}
          <p>
            <a href={`/${lang}/verify`}>{t('foot.howToCheck')}</a>
          </p>
        </section>
        <section>
          <h2>{t('foot.display')}</h2>
          <DisplayForm lang={lang} display={display} />
        </section>
      </Wrap>
    </footer>
  );
}

function DisplayForm({ lang, display }: { lang: Lang; display: Display }) {
  const t = words(lang, 'common');
  return (
    <form className="display-form" method="post" action="/display">
      <ComeBackHere />
      <label>
        {t('display.theme')}
        <select name="theme" defaultValue={display.theme}>
          <option value="system">{t('display.system')}</option>
          <option value="light">{t('display.light')}</option>
          <option value="dark">{t('display.dark')}</option>
        </select>
      </label>
      <button>{t('display.apply')}</button>
    </form>
  );
}
