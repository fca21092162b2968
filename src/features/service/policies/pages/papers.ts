// Policies, what is known of enterprises and what they were told, as one part of the code: each further part would be named in what every page begins with.
export { DeliveriesPage } from './delivered.tsx';
export { EditPolicyPage, NewPolicyPage } from './edit.tsx';
export { EnterprisePage } from './enterprise.tsx';
export { EnterprisesPage } from './enterprises.tsx';
export { PoliciesPage } from './policies.tsx';
export { PolicyPage } from './policy.tsx';
