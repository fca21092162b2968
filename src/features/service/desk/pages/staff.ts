// What the desk opens, and whoever has duty, as one part of the code.
export { DeskPage } from './desk.tsx';
export { DutyPage } from './duty.tsx';
export { RoomsPage } from './rooms.tsx';
export { RosterPage } from './roster.tsx';
