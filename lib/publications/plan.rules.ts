/** The texts of a plan in the order of 慈善法 art 24, then whom to ask and where to complain. */
export const PLAN_TEXTS = [
  'purpose',
  'area',
  'personInCharge',
  'office',
  'waysToGive',
  'bankAccount',
  'beneficiaries',
  'uses',
  'costs',
  'surplus',
  'contact',
  'complaints',
] as const;
export type PlanText = (typeof PLAN_TEXTS)[number];

export const PLAN_MODES = ['public', 'targeted', 'overseas'] as const;
export const PARTNERS_MOST = 20;
