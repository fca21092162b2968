// What the shell of the browser needs of people: the contracts of signing in and of one's own account.
export { changePassword, demoSignIn, endSession, getSession, listDemoSignIns, listSessions, signIn, signOut } from '../features/people/signin/contract.ts';
