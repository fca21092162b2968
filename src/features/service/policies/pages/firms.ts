// Enterprises and what they were told, as one part of the code: each further part would be named in what every page begins with.
export { DeliveriesPage } from './delivered.tsx';
export { EnterprisePage } from './enterprise.tsx';
export { EnterprisesPage } from './enterprises.tsx';
