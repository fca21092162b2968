// The clock on the wall: for the minute at which somebody comes in late. For a day use the zone's (session.tsx), never this.

/** HH:MM as this machine shows it. */
export function timeHere(): string {
  const now = new Date();
  return `${String(now.getHours()).padStart(2, '0')}:${String(now.getMinutes()).padStart(2, '0')}`;
}
