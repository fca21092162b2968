// The table of contents: every feature, in the order in which one may build on another.
import type { Feature } from './platform/feature.ts';
import { sql } from './platform/db.ts';
import { uploads } from './platform/upload.ts';
import { makePeople } from './features/people/feature.ts';
import { keep } from './features/projects/keep.ts';
import { retotal } from './features/projects/retotal.ts';
import { register } from './features/projects/register/feature.ts';
import { lifecycle } from './features/projects/lifecycle/feature.ts';
import { plan } from './features/projects/plan/feature.ts';
import { reports } from './features/projects/reports/feature.ts';
import { imports } from './features/projects/imports/feature.ts';
import { warnings } from './features/projects/warnings/feature.ts';
import { cases } from './features/approvals/cases/feature.ts';
import { portfolio } from './features/projects/portfolio/feature.ts';
import { calendar } from './features/approvals/calendar/feature.ts';
import { catalogue } from './features/approvals/catalogue/feature.ts';
import { faster } from './features/approvals/faster/feature.ts';
import { planning } from './features/approvals/planning/feature.ts';
import { schedules } from './features/approvals/schedules/feature.ts';
import { problems } from './features/problems/pool/feature.ts';
import { followOrganisations } from './features/problems/pool/access.ts';
import { rates } from './features/problems/rates/feature.ts';
import { closing } from './features/problems/closing/feature.ts';
import { speaking } from './features/approvals/spoken.ts';

const afterPeople: readonly Feature[] = [
  register,
  lifecycle,
  plan,
  reports,
  warnings,
  portfolio,
  imports,
  ...[catalogue, calendar, faster, planning, schedules, cases].map(speaking),
  problems,
  closing,
  rates,
];

const people = makePeople({
  others: afterPeople,
  organisationHooks: {
    // A project is found under the keys of its organisations' paths: when these move, the keys move with them.
    moved: async (tx, ids, now) => {
      const rows = await tx.rows<{ id: string }>(sql`
        select id from projects_projects where town_id = any(${[...ids]}::uuid[]) or park_id = any(${[...ids]}::uuid[]) or responsible_org_id = any(${[...ids]}::uuid[])
          or builder_id = any(${[...ids]}::uuid[]) order by seq for update`);
      await keep(tx, rows.map((row) => row.id), now);
      await followOrganisations(tx, ids);
    },
    kindChanged: retotal,
  },
});

export const features: readonly Feature[] = [uploads, people, ...afterPeople];
