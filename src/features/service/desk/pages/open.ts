// What anybody opens without an account, as one part of the code.
export { ComplainPage } from './complain.tsx';
export { PublicPage } from './public.tsx';
