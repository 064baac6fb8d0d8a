/** A position as GeoJSON writes it: longitude, latitude, in degrees. */
export type Position = readonly [longitude: number, latitude: number];

// The ellipsoid of WGS 84 (NIMA TR8350.2): metres and flattening.
const A = 6_378_137;
const F = 1 / 298.257_223_563;
const B = A * (1 - F);
const TURNS_MAX = 200;
const CLOSE_ENOUGH = 1e-12;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/**
 * The geodesic between two points on the ellipsoid in metres, by Vincenty's inverse formula (Survey Review 1975).
 * It does not settle for points nearly opposite each other on the globe, and then answers NaN; no road is that long.
 */
export const ellipsoidMetres = ([lon1, lat1]: Position, [lon2, lat2]: Position): number => {
  const l = radians(lon2 - lon1);
  const u1 = Math.atan((1 - F) * Math.tan(radians(lat1)));
  const u2 = Math.atan((1 - F) * Math.tan(radians(lat2)));
  const [sinU1, cosU1, sinU2, cosU2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let lambda = l;
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const [sinL, cosL] = [Math.sin(lambda), Math.cos(lambda)];
    const sinSigma = Math.hypot(cosU2 * sinL, cosU1 * sinU2 - sinU1 * cosU2 * cosL);
    if (sinSigma === 0) return 0;
    const cosSigma = sinU1 * sinU2 + cosU1 * cosU2 * cosL;
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (cosU1 * cosU2 * sinL) / sinSigma;
    const cos2Alpha = 1 - sinAlpha ** 2;
    const cos2M = cos2Alpha === 0 ? 0 : cosSigma - (2 * sinU1 * sinU2) / cos2Alpha;
    const c = (F / 16) * cos2Alpha * (4 + F * (4 - 3 * cos2Alpha));
    const before = lambda;
    lambda =
      l + (1 - c) * F * sinAlpha * (sigma + c * sinSigma * (cos2M + c * cosSigma * (-1 + 2 * cos2M ** 2)));
    if (Math.abs(lambda - before) > CLOSE_ENOUGH) continue;
    const square = (cos2Alpha * (A ** 2 - B ** 2)) / B ** 2;
    const big = 1 + (square / 16_384) * (4096 + square * (-768 + square * (320 - 175 * square)));
    const small = (square / 1024) * (256 + square * (-128 + square * (74 - 47 * square)));
    const bend =
      cosSigma * (-1 + 2 * cos2M ** 2) -
      (small / 6) * cos2M * (-3 + 4 * sinSigma ** 2) * (-3 + 4 * cos2M ** 2);
    const delta = small * sinSigma * (cos2M + (small / 4) * bend);
    return B * big * (sigma - delta);
  }
  return Number.NaN;
};

/** Length of a line on the ellipsoid in whole millimetres. */
export const lengthMm = (line: readonly Position[]): number =>
  Math.round(
    line.reduce((sum, point, index) => {
      const before = line[index - 1];
      return before ? sum + ellipsoidMetres(before, point) : sum;
    }, 0) * 1000,
  );
