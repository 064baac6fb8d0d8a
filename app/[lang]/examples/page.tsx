import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { env } from '@/lib/env';
import { GALLERY } from '../../_ui/examples/gallery';
import { Wrap } from '../../_ui/page/component';
import { PublicShell } from '../../_ui/site/component';
import { readDisplay } from '../../_ui/site/display';
import { pageNonce } from '../../_ui/site/nonce';
import { langParam } from '../../_ui/site/page-lang';
import { footSignature } from '@/lib/proof/foot.queries';

export const metadata: Metadata = { title: 'Examples', robots: { index: false } };

/** Every component in every state, for developers and tests; a production server does not know this page. */
export default async function ExamplesPage({ params }: { params: Promise<{ lang: string }> }) {
  const lang = await langParam(params);
  const nonce = await pageNonce();
  if (!env.EXAMPLES && env.NODE_ENV === 'production') notFound();
  return (
    <PublicShell lang={lang} display={readDisplay(await cookies())} signature={await footSignature()}>
      <Wrap>
        <h1 className="pt-8 text-3xl">Examples</h1>
        {Object.entries(GALLERY).map(([component, examples]) => (
          <section key={component} className="section" aria-labelledby={component}>
            <div className="rule-head">
              <h2 id={component}>{component}</h2>
            </div>
            <div className="gallery">
              {examples.map((example) => (
                <div key={example.name} className={example.wide ? 'gallery-wide' : undefined}>
                  <h3 className="gallery-name">{example.name}</h3>
                  {example.render(lang, nonce)}
                </div>
              ))}
            </div>
          </section>
        ))}
      </Wrap>
    </PublicShell>
  );
}
