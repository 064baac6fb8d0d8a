import type { ReactNode } from 'react';

/** Numbered steps on milestones: what a reader does, one after the other. */
export function Steps({
  steps,
  across = false,
}: {
  steps: readonly { readonly title: ReactNode; readonly body: ReactNode }[];
  /** Side by side where there is room. */
  across?: boolean | undefined;
}) {
  return (
    <ol className={across ? 'steps steps-across' : 'steps'}>
      {steps.map(({ title, body }, index) => (
        <li key={index}>
          <b>{title}</b>
          <p>{body}</p>
        </li>
      ))}
    </ol>
  );
}
