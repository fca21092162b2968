// Policies, as one part of the code.
export { EditPolicyPage, NewPolicyPage } from './edit.tsx';
export { PoliciesPage } from './policies.tsx';
export { PolicyPage } from './policy.tsx';
