// What an enterprise opens, as one part of the code: each further part would be named in what every page begins with.
export { NewFilingPage } from './new.tsx';
export { RequestsPage } from './requests.tsx';
