// What the office keeps of problems, in one part: each further part weighs on every page.
export { ClosingSettingsPage } from '../../closing/pages/settings.tsx';
export { KindsPage } from './kinds.tsx';
export { PoliciesPage } from './policies.tsx';
export { PolicyPage } from './policy.tsx';
