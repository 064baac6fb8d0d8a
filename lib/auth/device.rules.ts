const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger\//, 'WeChat'],
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

/**
 * What a person recognises their own device by: `Firefox · Android`. Versions and addresses are not kept: they
 * would say more about the person than the list of sessions needs.
 */
export const deviceName = (userAgent: string | null | undefined): string => {
  const agent = (userAgent ?? '').slice(0, 1000);
  const find = (table: readonly (readonly [RegExp, string])[]): string | undefined =>
    table.find(([shape]) => shape.test(agent))?.[1];
  const known = [find(BROWSERS), find(SYSTEMS)].filter((part) => part !== undefined);
  return known.length === 0 ? '—' : known.join(' · ');
};
