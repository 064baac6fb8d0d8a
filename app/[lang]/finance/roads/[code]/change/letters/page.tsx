import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireStaff } from '@/lib/auth/session';
import { words } from '@/lib/i18n/words';
import { printedLetters } from '@/lib/plan-changes/letters.queries';
import { langParam } from '../../../../../../_ui/site/page-lang';
import { Panel, StaffTitle } from '../../../../../../_ui/staff/component';
import { Desk } from '../../../../_desk/desk';

type Props = { params: Promise<{ lang: string; code: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words(await langParam(params), 'changes')('letters') };
}

/** The letters of givers who have no address for mail, each in the giver's own language, for printing. */
export default async function LettersPage({ params }: Props) {
  const lang = await langParam(params);
  const actor = await requireStaff('plan-change:work', lang);
  const letters = await printedLetters((await params).code);
  if (letters === null) notFound();
  return (
    <Desk lang={lang} actor={actor}>
      <StaffTitle title={words(lang, 'changes')('letters')} />
      {letters.map((letter) => (
        <Panel key={letter.gift} title={`${letter.gift} ${letter.to ?? ''}`}>
          <div lang={letter.lang}>
            <p>
              <strong>{letter.subject}</strong>
            </p>
            <p className="whitespace-pre-wrap break-words">{letter.text}</p>
          </div>
        </Panel>
      ))}
    </Desk>
  );
}
