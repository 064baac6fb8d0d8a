import { createHmac } from 'node:crypto';

export type RoleUrls = {
  readonly owner: string;
  readonly app: string;
  readonly reader: string;
  readonly public: string;
};

/** The database roles that sign in, least rights each: see docs/decisions/002-database-roles.md. */
export const LOGIN_ROLES = { app: 'shanlu_app', reader: 'shanlu_reader', public: 'shanlu_public' } as const;
export type LoginRole = keyof typeof LOGIN_ROLES;

/** A role's password, derived so that one secret serves all three and none is stored. */
export const rolePassword = (role: LoginRole, secret: string): string =>
  createHmac('sha256', secret).update(`database-role:${LOGIN_ROLES[role]}`).digest('base64url');

/** The address of the same database for each role; the owner's is only for migrations. */
export const roleUrls = (databaseUrl: string, secret: string): RoleUrls => {
  const as = (role: LoginRole): string => {
    const url = new URL(databaseUrl);
    url.username = LOGIN_ROLES[role];
    url.password = rolePassword(role, secret);
    return url.toString();
  };
  return { owner: databaseUrl, app: as('app'), reader: as('reader'), public: as('public') };
};
