// What the desk opens, as one part of the code.
export { DeskPage } from './desk.tsx';
export { RoomsPage } from './rooms.tsx';
export { RosterPage } from './roster.tsx';
