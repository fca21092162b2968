// The zone's calendar for features that come after approvals: which edition holds, and what it says. Nothing is changed through here.
export { readCalendar, type ZoneCalendar } from './store.ts';
