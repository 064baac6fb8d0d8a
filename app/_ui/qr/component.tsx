import { create } from 'qrcode';

const QUIET = 4;

/** A QR code as one path of squares. Always dark on white: many readers do not know the reverse. */
export function Qr({
  text,
  label,
  className = 'mx-auto w-full max-w-64',
}: {
  text: string;
  label: string;
  className?: string | undefined;
}) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size, data } = modules;
  let path = '';
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) if (data[y * size + x]) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
  const side = size + 2 * QUIET;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      className={className}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
