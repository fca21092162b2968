// SQL of roles.
import { sql, type Db } from '../../../platform/db.ts';
import { MANAGE, type Role } from './rules.ts';

const ROLE = sql`r.id, r.code, r.name_zh, r.name_en, r.permissions, r.scope, r.builtin, r.active, r.sort, r.version`;

export async function listRoles(db: Db): Promise<(Role & { users: number })[]> {
  return db.rows(sql`
    select ${ROLE}, (select count(*) from people_user_roles ur join people_users u on u.id = ur.user_id and u.active where ur.role_id = r.id) as users
    from people_roles r order by r.sort, r.code`);
}

export async function lockRole(tx: Db, id: string): Promise<Role | undefined> {
  return tx.row<Role>(sql`select ${ROLE} from people_roles r where r.id = ${id} for update`);
}

export async function insertRole(tx: Db, role: Omit<Role, 'version' | 'active'>): Promise<void> {
  await tx.run(sql`
    insert into people_roles (id, code, name_zh, name_en, permissions, scope, builtin, sort)
    values (${role.id}, ${role.code}, ${role.name_zh}, ${role.name_en}, ${[...role.permissions]}::text[], ${role.scope}, ${role.builtin}, ${role.sort})`);
}

export async function updateRole(tx: Db, role: Role): Promise<number> {
  const row = await tx.row<{ version: number }>(sql`
    update people_roles set name_zh = ${role.name_zh}, name_en = ${role.name_en}, permissions = ${[...role.permissions]}::text[], scope = ${role.scope},
           sort = ${role.sort}, active = ${role.active}, version = version + 1 where id = ${role.id} returning version`);
  return row?.version ?? 0;
}

/** Whatever could take the last administrator away waits here for the others that could. */
export async function lockAdministration(tx: Db): Promise<void> {
  await tx.run(sql`select id from people_organisations where parent_id is null for update`);
}

/** Active people who may manage people in the whole zone and can sign in. */
export async function administrators(tx: Db): Promise<number> {
  const row = await tx.row<{ count: number }>(sql`
    select count(distinct u.id) as count from people_users u join people_user_roles ur on ur.user_id = u.id join people_roles r on r.id = ur.role_id
    where u.active and r.active and r.scope = 'all' and ${MANAGE} = any(r.permissions)`);
  return row?.count ?? 0;
}
