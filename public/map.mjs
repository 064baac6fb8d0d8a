// What script adds to the drawn map: closer and wider, moving about, arrow keys from road to road, and the name of the
// road under the finger. Without script the map is the same picture with the same links, and the buttons stay hidden.
// A file of its own, so that pages with a map need no framework in the browser.
import { mayMove, nearestIn, zoomedView } from './map-explore.mjs';

const ZOOMS = [1, 1.6, 2.5, 4];

const viewOf = (svg) => {
  const { x, y, width, height } = svg.viewBox.baseVal;
  return { x, y, width, height };
};

const show = (svg, view) =>
  svg.setAttribute(
    'viewBox',
    [view.x, view.y, view.width, view.height].map((side) => side.toFixed(1)).join(' '),
  );

const middleOf = (link) => {
  const { x, y, width, height } = link.getBBox();
  return [x + width / 2, y + height / 2];
};

const linkOf = (target) => (target instanceof Element ? target.closest('svg a') : null);

const explore = (box) => {
  const svg = box.querySelector('svg');
  const tools = box.querySelector('.map-tools');
  if (!svg || !tools) return;
  const whole = viewOf(svg);
  const asDrawn = svg.getAttribute('viewBox');
  const [closer, wider, all] = tools.querySelectorAll('button');
  const named = tools.querySelector('span');
  let zoom = 0;

  const turn = (to) => {
    zoom = Math.min(Math.max(to, 0), ZOOMS.length - 1);
    const held = svg.querySelector('a:focus');
    if (zoom === 0) svg.setAttribute('viewBox', asDrawn);
    else show(svg, zoomedView(whole, viewOf(svg), ZOOMS[zoom], held && middleOf(held)));
    closer.disabled = zoom === ZOOMS.length - 1;
    wider.disabled = all.disabled = zoom === 0;
  };
  closer.addEventListener('click', () => turn(zoom + 1));
  wider.addEventListener('click', () => turn(zoom - 1));
  all.addEventListener('click', () => turn(0));

  const near = ({ target }) => {
    const name = linkOf(target)?.getAttribute('aria-label');
    if (name) named.textContent = name;
  };
  box.addEventListener('focusin', near);
  box.addEventListener('pointerover', near);
  box.addEventListener('keydown', (event) => {
    const link = linkOf(event.target);
    if (!link || !mayMove(event.key)) return;
    const links = [...svg.querySelectorAll('a')];
    const next = nearestIn(event.key, middleOf(link), links.map(middleOf));
    if (next === null) return;
    event.preventDefault();
    links[next].focus();
  });
  turn(0);
  tools.hidden = false;
};

for (const box of document.querySelectorAll('.map-explorer')) explore(box);
