import type { Chance } from './chance';
import { coordinate } from './view';

/** Things that stand along a road of the Pearl River delta, drawn in metres on (0, 0) as their foot, y downwards. */

const n = (value: number): string => coordinate(value);

const crown = (
  chance: Chance,
  radius: number,
  centre: number,
  colours: readonly [string, string, string],
): string => {
  let drawn = '';
  colours.forEach((colour, layer) => {
    for (let turn = 0; turn < 9; turn += 1) {
      const angle = (turn / 9) * Math.PI * 2 + layer;
      const away = radius * (0.62 - layer * 0.17);
      const x = Math.cos(angle) * away * 1.15;
      const y = -centre - layer * radius * 0.16 + Math.sin(angle) * away * 0.55;
      drawn += `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius * chance.between(0.3, 0.44))}" fill="${colour}"/>`;
    }
  });
  return drawn;
};

/** 榕树, with its aerial roots. */
export const banyan = (chance: Chance): string => {
  const radius = chance.between(3.4, 4.8);
  const centre = radius * 1.25;
  let roots = '';
  for (let root = 0; root < 9; root += 1) {
    const x = chance.between(-radius * 0.7, radius * 0.7);
    roots += `<path d="M${n(x)} ${n(-centre)}v${n(centre * chance.between(0.35, 0.8))}" stroke="#6B5A45" stroke-width=".06"/>`;
  }
  return `<ellipse cx="0" cy="0" rx="${n(radius)}" ry="${n(radius * 0.12)}" fill="#14181A" fill-opacity=".22"/>${crown(chance, radius, centre, ['#47613A', '#567345', '#6B8A55'])}<path d="M-.6 0C-.3-.5-.28-1.4-.5-${n(centre * 0.8)}h1C.3-1.4.34-.5.7 0z" fill="#5D4B39"/>${roots}`;
};

/** 蕉 beside a ditch. */
export const banana = (chance: Chance): string => {
  let leaves = '';
  for (let leaf = 0; leaf < 7; leaf += 1) {
    const lean = (leaf - 3) * 0.42 + chance.between(-0.12, 0.12);
    const height = chance.between(2, 2.9) - Math.abs(leaf - 3) * 0.12;
    leaves += `<path d="M0-1.1Q${n(lean * 0.5)} ${n(-height)} ${n(lean * 1.5)} ${n(-height + Math.abs(lean) * 1.1)}Q${n(lean * 0.9)} ${n(-height + 0.6)} 0-1.1z" fill="${leaf % 2 ? '#6F9350' : '#7FA45C'}" stroke="#4C6B38" stroke-width=".03"/>`;
  }
  return `<ellipse cx="0" cy="0" rx="1.2" ry=".12" fill="#14181A" fill-opacity=".2"/><path d="M-.13 0l.03-1.3h.2L.13 0z" fill="#8B9A62"/>${leaves}`;
};

/** A clump of bamboo leaning over. */
export const bamboo = (chance: Chance): string => {
  let stems = '';
  for (let stem = 0; stem < 16; stem += 1) {
    const lean = chance.between(-2.6, 2.6);
    const height = chance.between(4.5, 7.5);
    stems += `<path d="M${n(lean * 0.18)} 0Q${n(lean * 0.25)} ${n(-height * 0.7)} ${n(lean)} ${n(-height)}" stroke="${stem % 2 ? '#6C8748' : '#7E9A55'}" stroke-width=".09" fill="none"/>`;
    for (let tuft = 0; tuft < 4; tuft += 1) {
      const at = 0.55 + tuft * 0.14;
      stems += `<ellipse cx="${n(lean * at * at + chance.between(-0.25, 0.25))}" cy="${n(-height * at)}" rx="${n(chance.between(0.35, 0.75))}" ry="${n(chance.between(0.16, 0.3))}" fill="#8AA863" fill-opacity=".9"/>`;
    }
  }
  return `<ellipse cx="0" cy="0" rx="1.9" ry=".2" fill="#14181A" fill-opacity=".2"/>${stems}`;
};

/** An old grey-brick house with the pair of wok-ear gables (镬耳) of the delta, seen from its side. */
export const oldHouse = (chance: Chance): string => {
  const width = chance.between(7, 9.5);
  const half = width / 2;
  const eaves = 3.4;
  const ear = `v-.7c0-.4.25-.5.45-.95c.2-.5.5-.75.95-.75s.75.25.95.75c.2.45.45.55.45.95v.7z`;
  let courses = '';
  for (let row = 0.5; row < eaves; row += 0.42) courses += `M${n(-half)} ${n(-row)}h${n(width)}`;
  return `<path d="M${n(-half - 0.2)} 0h${n(width + 0.4)}v.12h${n(-width - 0.4)}z" fill="#14181A" fill-opacity=".25"/><rect x="${n(-half)}" y="${-eaves}" width="${n(width)}" height="${eaves}" fill="#A7ABA4"/><path d="${courses}" stroke="#8C918B" stroke-width=".03"/><path d="M${n(-half - 0.3)} ${-eaves}L${n(-half + 0.9)}-5.1h${n(width - 1.8)}L${n(half + 0.3)} ${-eaves}z" fill="#4E5456"/><path d="M${n(-half - 0.35)} ${-eaves}${ear}M${n(half - 2.45)} ${-eaves}${ear}" fill="#8F958F" stroke="#4E5456" stroke-width=".13"/><rect x="-.65" y="-2.3" width="1.3" height="2.3" fill="#5A3B2C"/><rect x="-.85" y="-2.5" width="1.7" height=".22" fill="#D8D3C6"/><rect x="${n(-half + 0.9)}" y="-2.5" width=".8" height=".9" fill="#3C4448"/><rect x="${n(half - 1.7)}" y="-2.5" width=".8" height=".9" fill="#3C4448"/>`;
};

/** A newer house with tiles and balconies, built with money from abroad. */
export const newHouse = (chance: Chance): string => {
  const floors = chance.pick([2, 3, 3]);
  const width = chance.between(6, 8.5);
  const half = width / 2;
  const wall = chance.pick(['#E7DFCD', '#DDE2DC', '#EAD9C9']);
  let drawn = `<rect x="${n(-half)}" y="${n(-floors * 3.1 - 0.7)}" width="${n(width)}" height="${n(floors * 3.1 + 0.7)}" fill="${wall}"/><rect x="${n(-half - 0.25)}" y="${n(-floors * 3.1 - 0.95)}" width="${n(width + 0.5)}" height=".3" fill="#B8603F"/>`;
  for (let floor = 0; floor < floors; floor += 1) {
    const base = -floor * 3.1;
    for (const side of [-1, 1])
      drawn += `<rect x="${n(side * half * 0.52 - 0.6)}" y="${n(base - 2.4)}" width="1.2" height="1.3" fill="#56656B"/><rect x="${n(side * half * 0.52 - 0.6)}" y="${n(base - 1.78)}" width="1.2" height=".06" fill="${wall}"/>`;
    if (floor > 0)
      drawn += `<rect x="${n(-half - 0.15)}" y="${n(base - 1)}" width="${n(width + 0.3)}" height=".16" fill="#C9C2B2"/><path d="M${n(-half)} ${n(base - 0.9)}h${n(width)}" stroke="#8F8B80" stroke-width=".05"/><path d="M${n(-half)} ${n(base - 0.9)}v.85M${n(half)} ${n(base - 0.9)}v.85M0 ${n(base - 0.9)}v.85" stroke="#8F8B80" stroke-width=".05"/>`;
  }
  return `<path d="M${n(-half - 0.2)} 0h${n(width + 0.4)}v.12h${n(-width - 0.4)}z" fill="#14181A" fill-opacity=".25"/>${drawn}<rect x="-.6" y="-2.2" width="1.2" height="2.2" fill="#7A4A35"/>`;
};

/** A watch tower (碉楼) of the 1920s, far off. */
export const tower = (): string =>
  `<rect x="-2.6" y="-13" width="5.2" height="13" fill="#BDB6A4"/><rect x="-3.1" y="-14.6" width="6.2" height="1.8" fill="#A69F8D"/><path d="M-2.2-14.6v-1.6h4.4v1.6zM-1.4-16.2C-1.4-17.6 1.4-17.6 1.4-16.2z" fill="#8F8876"/>${[-11, -8.4, -5.8, -3.2].map((y) => `<rect x="-1.5" y="${y}" width=".6" height="1" fill="#4E5456"/><rect x=".9" y="${y}" width=".6" height="1" fill="#4E5456"/>`).join('')}`;

export const pole = (): string =>
  `<rect x="-.11" y="-7.6" width=".22" height="7.6" fill="#8C8A83"/><rect x="-.8" y="-7.2" width="1.6" height=".12" fill="#6A6862"/><circle cx="-.7" cy="-7.3" r=".09" fill="#4E5456"/><circle cx=".7" cy="-7.3" r=".09" fill="#4E5456"/>`;

/** A boundary stone with a road in it, like the product's sign. Its code is written on afterwards. */
export const milestone = (): string =>
  `<ellipse cx="0" cy="0" rx=".5" ry=".07" fill="#14181A" fill-opacity=".3"/><path d="M-.34 0v-.62a.34.34 0 01.68 0V0z" fill="#F4F2EA" stroke="#262C2F" stroke-width=".05"/>`;

/** Someone on the road: a hat, a body, no face. */
export const person = (clothes: string, hat: string, tool = ''): string =>
  `<ellipse cx="0" cy="0" rx=".34" ry=".06" fill="#14181A" fill-opacity=".3"/><path d="M-.16 0l.04-.78h.24L.16 0h-.13l-.03-.5-.03.5z" fill="#3B4245"/><path d="M-.22-.72l.04-.62q.18-.12.36 0l.04.62z" fill="${clothes}"/><circle cx="0" cy="-1.5" r=".13" fill="#C99B74"/><path d="M-.2-1.53q.2-.26.4 0z" fill="${hat}"/>${tool}`;

export const cyclist = (): string =>
  `<ellipse cx="0" cy="0" rx=".8" ry=".07" fill="#14181A" fill-opacity=".3"/><g fill="none" stroke="#262C2F" stroke-width=".05"><circle cx="-.5" cy="-.34" r=".32"/><circle cx=".5" cy="-.34" r=".32"/><path d="M-.5-.34L-.1-.86L.34-.86L.5-.34M-.1-.86L.06-.34L.34-.86"/></g><path d="M-.22-.9l.1-.62q.2-.1.34.04l.14.5-.3.2z" fill="#2660B4"/><circle cx=".08" cy="-1.66" r=".13" fill="#C99B74"/><path d="M-.16-1.68q.24-.32.48 0z" fill="#D9C68A"/>`;

/** The roller that presses the stones together, coming towards us. */
export const roller = (): string =>
  `<ellipse cx="0" cy="0" rx="1.3" ry=".14" fill="#14181A" fill-opacity=".35"/><rect x="-1" y="-1.9" width="2" height="1.2" rx=".1" fill="#E0A81E"/><rect x="-.85" y="-3" width="1.7" height="1.2" fill="#3B4245"/><rect x="-.75" y="-2.9" width="1.5" height=".9" fill="#A9C4CE"/><rect x="-1.05" y="-3.15" width="2.1" height=".2" fill="#E0A81E"/><rect x="-1.1" y="-1.15" width="2.2" height="1.15" rx=".12" fill="#6C7375"/><path d="M-1.1-.85h2.2M-1.1-.55h2.2M-1.1-.28h2.2" stroke="#4E5456" stroke-width=".04"/><circle cx="-.7" cy="-1.6" r=".12" fill="#F7F1D8"/><circle cx=".7" cy="-1.6" r=".12" fill="#F7F1D8"/>`;

export const cone = (): string =>
  `<ellipse cx="0" cy="0" rx=".24" ry=".05" fill="#14181A" fill-opacity=".3"/><path d="M-.2 0L-.05-.6h.1L.2 0z" fill="#D9542B"/><path d="M-.14-.22h.28l-.04-.16h-.2z" fill="#fff"/>`;

export const heap = (chance: Chance, colour: string): string => {
  let stones = '';
  for (let stone = 0; stone < 60; stone += 1) {
    const x = chance.between(-1.5, 1.5);
    const y = -chance.between(0, Math.max(0.05, 1 - Math.abs(x) * 0.62));
    stones += `<circle cx="${n(x)}" cy="${n(y)}" r="${n(chance.between(0.03, 0.07))}" fill="${stone % 2 ? '#8F897B' : '#B9B3A2'}"/>`;
  }
  return `<ellipse cx="0" cy="0" rx="1.9" ry=".2" fill="#14181A" fill-opacity=".25"/><path d="M-1.8 0Q-1-.5-.5-.95T.4-1T1.8 0z" fill="${colour}"/>${stones}`;
};

export const barrier = (): string =>
  `<path d="M-1 0v-.95M1 0v-.95" stroke="#4E5456" stroke-width=".08"/><rect x="-1.2" y="-1" width="2.4" height=".26" fill="#fff"/>${[-1.1, -0.5, 0.1, 0.7].map((x) => `<path d="M${x}-1h.3l-.2.26h-.3z" fill="#A32A1C"/>`).join('')}`;
