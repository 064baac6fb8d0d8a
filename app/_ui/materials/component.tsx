/**
 * The materials of the road as SVG patterns, once per document; every picture fills with `url(#m-gravel)` and so on.
 * Each has a texture of its own, so none depends on its hue. `m-fresh` is asphalt before its line is painted.
 */
export function Materials() {
  return (
    <svg className="materials" width="0" height="0" aria-hidden="true" focusable="false">
      <defs>
        <pattern id="m-earth" className="m-earth" width="48" height="24" patternUnits="userSpaceOnUse">
          <rect width="48" height="24" />
          <path d="M3 7q4-3 7 0M22 16q4-3 8 0M36 6q3-2 6 0M10 20q3-2 5 0M40 19q2-2 5 0" />
          <path className="m-grain" d="M17 5h.1M31 10h.1M2 14h.1M45 11h.1M27 3h.1M14 13h.1" />
        </pattern>
        <pattern
          id="m-earth-top"
          className="m-earth-top"
          width="48"
          height="24"
          patternUnits="userSpaceOnUse"
        >
          <rect width="48" height="24" />
          <path d="M6 5q4-3 7 0M25 19q4-3 8 0M38 8q3-2 6 0" />
        </pattern>
        <pattern id="m-gravel" className="m-gravel" width="42" height="22" patternUnits="userSpaceOnUse">
          <rect width="42" height="22" />
          <path d="M2 5l5-3 4 3-2 4-5 1zM15 3l6-1 2 4-4 3-4-2zM28 4l5-2 5 3-3 4-5 0zM8 14l5-3 4 4-3 4-5-1zM21 13l6-2 3 4-3 4-6-1zM34 13l4-1 3 4-4 3-4-2z" />
        </pattern>
        <pattern
          id="m-gravel-top"
          className="m-gravel-top"
          width="42"
          height="22"
          patternUnits="userSpaceOnUse"
        >
          <rect width="42" height="22" />
          <path d="M5 6l5-3 4 3-2 4-5 1zM24 4l6-1 2 4-4 3-4-2zM14 15l5-2 4 3-3 4-5-1zM33 15l4-2 3 4-4 3-4-2z" />
        </pattern>
        <pattern id="m-base" className="m-base" width="11" height="11" patternUnits="userSpaceOnUse">
          <rect width="11" height="11" />
          <path d="M-2 13L13-2M-2 2L2-2M9 13l4-4" />
        </pattern>
        <pattern id="m-base-top" className="m-base-top" width="11" height="11" patternUnits="userSpaceOnUse">
          <rect width="11" height="11" />
          <path d="M-2 13L13-2M-2 2L2-2M9 13l4-4" />
        </pattern>
        <pattern id="m-binder" className="m-binder" width="16" height="12" patternUnits="userSpaceOnUse">
          <rect width="16" height="12" />
          <path className="m-grain" d="M3 3h.1M11 5h.1M6 10h.1M14 10h.1" />
        </pattern>
        <pattern
          id="m-binder-top"
          className="m-binder-top"
          width="16"
          height="12"
          patternUnits="userSpaceOnUse"
        >
          <rect width="16" height="12" />
          <path className="m-grain" d="M4 4h.1M12 9h.1" />
        </pattern>
        <pattern id="m-asphalt" className="m-asphalt" width="18" height="14" patternUnits="userSpaceOnUse">
          <rect width="18" height="14" />
          <path className="m-grain" d="M3 4h.1M13 3h.1M8 9h.1M16 11h.1" />
        </pattern>
        <pattern
          id="m-asphalt-top"
          className="m-asphalt-top"
          width="18"
          height="14"
          patternUnits="userSpaceOnUse"
        >
          <rect width="18" height="14" />
          <path className="m-grain" d="M3 4h.1M13 3h.1M8 9h.1M16 11h.1" />
        </pattern>
        <pattern id="m-gap" className="m-gap" width="9" height="9" patternUnits="userSpaceOnUse">
          <path d="M-2 11L11-2M-2 2L2-2M7 11l4-4" />
        </pattern>
      </defs>
    </svg>
  );
}

export type Material =
  | 'survey'
  | 'earth'
  | 'gravel'
  | 'base'
  | 'binder'
  | 'asphalt'
  | 'fresh'
  | 'rework'
  | 'plan';

/** A small sample of a material, beside its word in keys and lists. */
export function Swatch({ material }: { material: Material }) {
  return (
    <svg className={`swatch swatch-${material}`} width="26" height="18" aria-hidden="true" focusable="false">
      {material === 'survey' ? (
        <path d="M0 9h26" />
      ) : (
        <>
          <rect x="0.75" y="0.75" width="24.5" height="16.5" />
          {(material === 'asphalt' || material === 'rework') && <path d="M1.5 9h23" />}
        </>
      )}
    </svg>
  );
}
