import { staffIdOf } from './roles.rules';
import { defineCommand } from '../context';
import { env } from '../env';
import { ok, refuse } from '../shared/result';
import { disableForm, enrolForm, roleForm } from './person.form';
import {
  countAdministrators,
  disableRow,
  enableRow,
  enterPerson,
  findPerson,
  grantRoleRow,
  isAdministrator,
  revokeRoleRow,
} from './person.store';
import { resetForm } from './second-factor.form';
import { tell } from './second-factor.commands';
import { putConfirmedFactor } from './second-factor.store';
import { endAllSessions } from './session.store';

/**
 * Enters someone who works here, with their roles. They sign in by mail and set up their own authenticator app; a
 * ready one may be given only where stand-ins are allowed (demonstration, tests).
 */
export const enrolPerson = defineCommand({
  name: 'person.enrol',
  permission: 'person:manage',
  events: ['person_enrolled', 'role_granted'],
  input: enrolForm,
  run: async (ctx, input) => {
    if (input.totpSecret !== null && !env.ALLOW_STANDINS) return refuse('not_permitted', {}, 'totpSecret');
    const { id, made } = await enterPerson(ctx.trx, {
      id: ctx.newId(),
      email: input.email,
      name: input.name,
      lang: input.lang,
    });
    if (!made && input.totpSecret !== null) return refuse('duplicate_submission', {}, 'email');
    ctx.record({ event: 'person_enrolled', subjectKind: 'person', subjectId: id, details: { made } });
    for (const role of new Set(input.roles)) {
      if (!(await grantRoleRow(ctx.trx, id, role, staffIdOf(ctx.actor)))) continue;
      ctx.record({ event: 'role_granted', subjectKind: 'person', subjectId: id, details: { role } });
    }
    if (input.totpSecret !== null) await putConfirmedFactor(ctx.trx, id, input.totpSecret, ctx.now);
    return ok({ personId: id, made });
  },
});

/** Gives someone a role. Roles are read on every request, so it holds from the next click on. */
export const grantRole = defineCommand({
  name: 'person.grant_role',
  permission: 'person:manage',
  events: ['role_granted'],
  input: roleForm,
  run: async (ctx, { personId, role }) => {
    const person = await findPerson(ctx.trx, personId);
    if (person === null) return refuse('not_found');
    if (staffIdOf(ctx.actor) === personId) return refuse('own_account');
    if (!(await grantRoleRow(ctx.trx, personId, role, staffIdOf(ctx.actor)))) return refuse('role_held');
    ctx.record({ event: 'role_granted', subjectKind: 'person', subjectId: personId, details: { role } });
    await tell(ctx, personId, 'role_granted', role);
    return ok({ personId, role });
  },
});

/** Takes a role away and signs the person out everywhere. The last administrator keeps theirs. */
export const revokeRole = defineCommand({
  name: 'person.revoke_role',
  permission: 'person:manage',
  events: ['role_revoked'],
  input: roleForm,
  run: async (ctx, { personId, role }) => {
    if ((await findPerson(ctx.trx, personId)) === null) return refuse('not_found');
    if (role === 'administrator' && (await countAdministrators(ctx.trx)) <= 1)
      return refuse('last_administrator');
    if (!(await revokeRoleRow(ctx.trx, personId, role, staffIdOf(ctx.actor), ctx.now)))
      return refuse('role_not_held');
    await endAllSessions(ctx.trx, personId, null, 'role_changed', ctx.now);
    ctx.record({ event: 'role_revoked', subjectKind: 'person', subjectId: personId, details: { role } });
    await tell(ctx, personId, 'role_revoked', role);
    return ok({ personId, role });
  },
});

/** Shuts an account: nothing signs in any more, every session ends. What the person did stays on record. */
export const disablePerson = defineCommand({
  name: 'person.disable',
  permission: 'person:manage',
  events: ['person_disabled'],
  input: disableForm,
  run: async (ctx, { personId, reason }) => {
    if (staffIdOf(ctx.actor) === personId) return refuse('own_account');
    if ((await isAdministrator(ctx.trx, personId)) && (await countAdministrators(ctx.trx)) <= 1)
      return refuse('last_administrator');
    if (!(await disableRow(ctx.trx, personId, ctx.now))) return refuse('illegal_state_change');
    await endAllSessions(ctx.trx, personId, null, 'disabled', ctx.now);
    ctx.record({ event: 'person_disabled', subjectKind: 'person', subjectId: personId, details: { reason } });
    return ok({ personId });
  },
});

/** Opens a shut account again. @public */
export const enablePerson = defineCommand({
  name: 'person.enable',
  permission: 'person:manage',
  events: ['person_enabled'],
  input: resetForm,
  run: async (ctx, { personId }) => {
    if (staffIdOf(ctx.actor) === personId) return refuse('own_account');
    if (!(await enableRow(ctx.trx, personId))) return refuse('illegal_state_change');
    ctx.record({ event: 'person_enabled', subjectKind: 'person', subjectId: personId });
    return ok({ personId });
  },
});
