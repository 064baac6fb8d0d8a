// How one moves about on the drawn map. Pure: a window is { x, y, width, height } in the drawing's own units.

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export const mayMove = (key) => Object.hasOwn(WAYS, key);

/**
 * The road an arrow key leads to: of those that lie more in its direction than beside it, the nearest. Null at the
 * edge, where the key then scrolls as usual.
 */
export const nearestIn = (arrow, from, points) => {
  const [wayX, wayY] = WAYS[arrow];
  let best = null;
  let least = Infinity;
  points.forEach(([x, y], index) => {
    const [dx, dy] = [x - from[0], y - from[1]];
    const ahead = dx * wayX + dy * wayY;
    const aside = Math.abs(dx * wayY) + Math.abs(dy * wayX);
    if (ahead <= 0 || aside > ahead) return;
    const far = ahead + aside;
    if (far < least) [best, least] = [index, far];
  });
  return best;
};

/** The window at this enlargement around a point (or where one looks now), kept within the drawing. */
export const zoomedView = (whole, now, zoom, around) => {
  const [middleX, middleY] = around ?? [now.x + now.width / 2, now.y + now.height / 2];
  const [width, height] = [whole.width / zoom, whole.height / zoom];
  const within = (at, least, most) => Math.min(Math.max(at, least), most);
  return {
    x: within(middleX - width / 2, whole.x, whole.x + whole.width - width),
    y: within(middleY - height / 2, whole.y, whole.y + whole.height - height),
    width,
    height,
  };
};
