/** What a road is, beside its line: words the schema knows too. */
export const ROAD_CLASSES = ['county', 'township', 'village', 'lane'] as const;
export const SURFACES = ['concrete', 'asphalt', 'block', 'gravel', 'earth'] as const;
/** How the public sees a line: exactly, to about a hundred metres, or not at all. */
export const LINE_PRIVACIES = ['exact', 'rounded', 'withheld'] as const;

export type RoadClass = (typeof ROAD_CLASSES)[number];
export type Surface = (typeof SURFACES)[number];
export type LinePrivacy = (typeof LINE_PRIVACIES)[number];

export const THICKNESS_MM = { least: 20, most: 1000 } as const;
export const HOUSEHOLDS_MAX = 100_000;
