// The desk of the Enterprise Service in the demonstration zone: rooms with twelve resident departments, the duty of a month, templates of answers. The problems come
// from elsewhere; the words stand in data/service.json.
import book from './data/service.json';
import { addDays } from '../kernel/days.ts';
import { idFrom } from '../kernel/ids.ts';
import type { Actor } from '../platform/actor.ts';
import { moment, type Acting } from './acting.ts';

const idOf = (...parts: readonly string[]): string => idFrom('demo', 'desk', ...parts);
/** Of five duties each: what one command takes. */
const DAY_COUNT = 40;
const MADE = '2023-06-02';

export async function playDesk(acting: Acting, { called }: { readonly called: (name: string) => Actor }): Promise<void> {
  const who = called(book.office[0] ?? '');
  const at = moment(MADE, 32_000);
  for (const room of book.rooms) {
    const id = idOf('room', room.name);
    await acting.act({ who: acting.app.system, at, name: 'service.keep_room', input: { id, name: room.name, place: room.place } });
    for (const name of room.people) await acting.act({ who, at, name: 'service.place_resident', input: { id: idOf('resident', name), roomId: id, userId: called(name).userId, fromDay: book.from } });
  }
  for (const one of book.phrases) await acting.act({ who: acting.app.system, at, name: 'service.keep_phrase', input: { id: idOf('phrase', one.title), title: one.title, text: one.text } });
  await acting.act({ who, at, name: 'service.plan_duty', input: { items: duties(called) } });
}

/** The office takes turns as operator and analyst; one department's person supervises a day, a leader commands a week. */
function duties(called: (name: string) => Actor) {
  const turn = (names: readonly string[], at: number): string => called(names[at % names.length] ?? '').userId;
  const people = book.rooms.flatMap((room) => room.people);
  const all = Array.from({ length: DAY_COUNT }, (_, at) => {
    const day = addDays(book.from, at);
    return [
      { day, shift: 'whole', function: 'commander', userId: turn(book.leaders, Math.floor(at / 7)) }, { day, shift: 'office', function: 'analyst', userId: turn(book.office, at + 1) },
      { day, shift: 'office', function: 'supervisor', userId: turn(people, at) }, { day, shift: 'office', function: 'operator', userId: turn(book.office, at) }, { day, shift: 'night', function: 'operator', userId: turn(people, at + 5) },
    ];
  }).flat();
  return all.map((one) => ({ id: idOf('duty', one.day, one.shift, one.function), ...one }));
}
