import type { ReactNode } from 'react';

/**
 * Line icons on a 24 × 24 grid, drawn for this project. They repeat what the words beside them say, so they are
 * always hidden from screen readers.
 */
const DRAWINGS = {
  tick: <path d="M4.5 12.8l4.8 4.7L19.5 6.8" />,
  seal: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M7.6 12.4l3 3 5.8-6.5" />
    </>
  ),
  shield: (
    <>
      <path d="M12 2.6l7.8 3v5.7c0 4.9-3.2 8.3-7.8 10.1-4.6-1.8-7.8-5.2-7.8-10.1V5.6z" />
      <path d="M8.4 11.8l2.6 2.6 4.6-5" />
    </>
  ),
  octagon: (
    <>
      <path d="M8 2.6h8l5.4 5.4v8L16 21.4H8L2.6 16V8z" />
      <path d="M12 7.4v6.2M12 16.6v.1" />
    </>
  ),
  triangle: (
    <>
      <path d="M12 3.4L22 20.6H2z" />
      <path d="M12 9.8v5.2M12 17.7v.1" />
    </>
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 11v6M12 7.2v.1" />
    </>
  ),
  planned: <circle cx="12" cy="12" r="8.4" strokeDasharray="3 2.7" />,
  heap: (
    <>
      <path d="M2.5 18.5h19" />
      <path d="M4.5 18.5l4.2-6.2 2.6 3 3.6-7.3 5 10.5" />
    </>
  ),
  pen: (
    <>
      <path d="M4.2 19.6l1.1-4.5L16 4.4l3.4 3.4L8.7 18.5z" />
      <path d="M3 22.3h18" />
    </>
  ),
  roller: (
    <>
      <circle cx="7.8" cy="15.2" r="5.3" />
      <circle cx="18.2" cy="17.4" r="3" />
      <path d="M7.8 9.9L12.6 4.2h5.6v10.2" />
    </>
  ),
  lens: (
    <>
      <circle cx="10.4" cy="10.4" r="6.4" />
      <path d="M15.3 15.3l5.6 5.6" />
    </>
  ),
  lock: (
    <>
      <rect x="5" y="10.8" width="14" height="9.8" rx="1.5" />
      <path d="M8 10.8V8a4 4 0 018 0v2.8" />
    </>
  ),
  pause: <path d="M8.5 5v14M15.5 5v14" />,
  cross: <path d="M6 6l12 12M18 6L6 18" />,
  menu: <path d="M3.5 6.6h17M3.5 12h17M3.5 17.4h17" />,
  in: <path d="M12 3.5v11.2M7 10.2l5 5 5-5M4.5 20.5h15" />,
  out: <path d="M12 15.5V4.3M7 8.8l5-5 5 5M4.5 20.5h15" />,
  split: (
    <>
      <path d="M12 21v-7.5M12 13.5L5.5 7M12 13.5L18.5 7" />
      <path d="M4.8 11.2V6.3h4.9M19.2 11.2V6.3h-4.9" />
    </>
  ),
  back: <path d="M9 5.5L4 10.5l5 5M4.6 10.5h9.6a5.2 5.2 0 010 10.4H11" />,
  paper: (
    <>
      <path d="M6 2.8h8.2L19 7.6v13.6H6z" />
      <path d="M13.8 3v5H19M9 12.5h7M9 16.3h7" />
    </>
  ),
  photo: (
    <>
      <rect x="3" y="4.8" width="18" height="14.6" rx="1.4" />
      <path d="M3.4 16.4l4.9-4.8 4 3.9 3-2.8 5.3 4.6" />
      <circle cx="15.8" cy="9" r="1.4" />
    </>
  ),
  copy: (
    <>
      <rect x="8.4" y="8.4" width="11.8" height="11.8" rx="1.5" />
      <path d="M15.6 8.2V3.8H3.8v11.8h4.4" />
    </>
  ),
  person: (
    <>
      <circle cx="12" cy="7.8" r="3.9" />
      <path d="M4.5 20.8c.6-4.6 3.5-7 7.5-7s6.9 2.4 7.5 7" />
    </>
  ),
  bank: <path d="M3.2 9.2L12 3.6l8.8 5.6zM5.5 9.5v8M10 9.5v8M14 9.5v8M18.5 9.5v8M3.2 20.4h17.6" />,
  forward: <path d="M9 5l7 7-7 7" />,
  backward: <path d="M15 5l-7 7 7 7" />,
  flag: <path d="M6 21.5V3.5M6 4.2h12l-3 4 3 4H6" />,
  download: <path d="M12 3.5v11M7.2 10l4.8 4.8L16.8 10M4.5 16.5v4h15v-4" />,
  equals: <path d="M5.5 9.2h13M5.5 14.8h13" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof DRAWINGS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {DRAWINGS[name]}
    </svg>
  );
}
