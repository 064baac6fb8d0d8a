import type { ReactNode } from 'react';
import { Sheet, Wrap } from '../../../_ui/page/component';

/** One question on one sheet, in a narrow column: every page of signing in. */
export function Entry({ title, intro, children }: { title: string; intro?: ReactNode; children: ReactNode }) {
  return (
    <Wrap>
      <div className="mx-auto mt-8 mb-12 grid max-w-xl gap-5">
        <h1 className="text-3xl">{title}</h1>
        {intro !== undefined && <p className="text-ink-2">{intro}</p>}
        <Sheet>
          <div className="grid gap-5">{children}</div>
        </Sheet>
      </div>
    </Wrap>
  );
}
