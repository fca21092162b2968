// The stage of the week: who sits where, what time it is, the words of the language in which it is played, and the pictures that are taken on the way.
// People do everything by hand; only signing in and the turning of the clock is done from outside.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { followAllMeetings } from '../../../features/dispatch/slips/daily.ts';
import { foldTotals } from '../../../features/projects/portfolio/store.ts';
import { turnAll } from '../../../features/problems/clocks/turning.ts';
import { LIGHTS, tellOfDay, turnDay, VISITS } from '../../../jobs.ts';
import type { Sql } from '../../../platform/db.ts';
import { readSetting, saveSetting } from '../../../platform/settings.ts';
import type { Locale } from '../../../platform/texts.ts';
import { unsound } from '../ground.ts';
import { Wire } from '../wire.ts';
import { PARTS, type Part, type Zone } from './zone.ts';

export const DESK = 1440;
export const PHONE = 390;

/** How long something that must appear may take on a machine that is busy with other things. */
const PATIENCE_MS = 60_000;

/** How long a page may take to stand still. */
const SETTLED_MS = 10_000;

export interface Stage {
  readonly zone: Zone;
  readonly lang: Locale;
  readonly wire: Wire;
  /** What went wrong in the pages, of all seats. */
  readonly faults: string[];
  say(key: string, values?: Readonly<Record<string, unknown>>): string;
  /** The clock of the whole zone, with the work that the program does by itself at such a time. */
  at(day: string, time: string): Promise<void>;
  seat(part: Part | 'nobody', width: number): Promise<Seat>;
  rows<Row extends object>(statement: Sql): Promise<Row[]>;
  /** What everybody has before him, beside the pictures: for whoever must find out why the play stopped. */
  stopped(): Promise<void>;
  close(): Promise<void>;
}

export interface Options {
  readonly lang: Locale;
  /** Where pictures go; none are taken without it. */
  readonly pictures?: string | undefined;
}

export async function openStage(zone: Zone, options: Options): Promise<Stage> {
  const wire = new Wire(Number(new URL(zone.address).port));
  await wire.listen();
  let moment = new Date();
  const seats = new Map<string, Promise<Seat>>();
  const faults: string[] = [];
  const stage: Stage = {
    zone, wire, faults, lang: options.lang,
    say: (key, values) => said(zone, options.lang, key, values),
    at: async (day, time) => {
      await turn(zone, day, time);
      moment = new Date(`${day}T${time}:00+08:00`);
      for (const seat of seats.values()) await (await seat).setClock(moment);
    },
    seat: (part, width) => {
      const key = `${part} ${String(width)}`;
      const known = seats.get(key) ?? takeSeat(stage, part, width, { ...options, moment });
      seats.set(key, known);
      return known;
    },
    rows: (statement) => zone.app.database.rows(statement),
    stopped: async () => {
      if (options.pictures !== undefined) for (const [key, seat] of seats) await (await seat).page.screenshot({ path: path.join(options.pictures, `stopped-${key}.png`) });
    },
    close: async () => {
      wire.close();
      await zone.close();
    },
  };
  return stage;
}

function said(zone: Zone, lang: Locale, key: string, values?: Readonly<Record<string, unknown>>): string {
  const count = typeof values?.['count'] === 'number' && lang === 'en' ? `${key}_${values['count'] === 1 ? 'one' : 'other'}` : key;
  if (!zone.app.texts.has(lang, key) && !zone.app.texts.has(lang, count)) throw new Error(`nobody says ${key}`);
  return zone.app.texts.say(lang, key, values);
}

async function turn({ app }: Zone, day: string, time: string): Promise<void> {
  const setting = (await readSetting(app.database, 'zone'))?.value;
  await app.database.transaction((tx) => saveSetting(tx, 'zone', { ...(typeof setting === 'object' ? setting : {}), day }, app.system.userId, app.now().instant));
  app.clock.stand(day, time);
  await turnDay(app);
  await tellOfDay(app, LIGHTS);
  await tellOfDay(app, VISITS);
  await turnAll(app);
  await followAllMeetings(app);
  await app.database.transaction(foldTotals);
}

async function takeSeat(stage: Stage, part: Part | 'nobody', width: number, { pictures, moment }: Options & { readonly moment: Date }): Promise<Seat> {
  const phone = width < 500;
  const context = await stage.zone.browser.newContext({ viewport: { width, height: phone ? 844 : 900 }, isMobile: phone, hasTouch: phone, acceptDownloads: true, geolocation: { latitude: 35.072, longitude: 112.502, accuracy: 12 }, permissions: phone ? ['geolocation'] : [] });
  context.setDefaultTimeout(PATIENCE_MS);
  const address = phone ? stage.wire.address : stage.zone.address;
  await context.addCookies([{ name: 'yugong_lang', value: stage.lang, url: address }]);
  const who = PARTS.find((one) => one === part);
  if (who !== undefined) await stage.zone.signIn(context, address, stage.zone.people[who]);
  context.on('weberror', (error) => stage.faults.push(`${part}: ${String(error.error())}`));
  const seat = new Seat(stage, context, address, await context.newPage(), pictures);
  await seat.setClock(moment);
  return seat;
}

/** Somebody before his screen. */
export class Seat {
  readonly stage: Stage;
  readonly context: BrowserContext;
  readonly address: string;
  page: Page;
  /** The folder of the pictures, where they are taken. */
  readonly pictures: string | undefined;

  constructor(stage: Stage, context: BrowserContext, address: string, page: Page, pictures: string | undefined) {
    this.stage = stage;
    this.context = context;
    this.address = address;
    this.page = page;
    this.pictures = pictures;
  }

  /** A telephone has a clock of its own, which stands where the zone's stands; its service worker's too. */
  async setClock(moment: Date): Promise<void> {
    await this.context.clock.setSystemTime(moment);
    for (const worker of this.context.serviceWorkers()) {
      await worker.evaluate((now) => {
        const [offset, Machine] = [now - performance.timeOrigin - performance.now(), Date];
        globalThis.Date = new Proxy(Machine, {
          construct: (target, given) => Reflect.construct(target, given.length === 0 ? [performance.timeOrigin + performance.now() + offset] : given),
          get: (target, name) => (name === 'now' ? () => performance.timeOrigin + performance.now() + offset : Reflect.get(target, name)),
        });
      }, moment.getTime()).catch(() => undefined);
    }
  }

  async open(at: string): Promise<void> {
    await this.page.goto(this.address + at);
    await this.page.locator('h1').first().waitFor();
  }

  /** The topmost open dialog, else the page. */
  dialog(): Locator {
    return this.page.locator('dialog[open]').last();
  }

  /** Presses what is called so, a button, a link or a tab; not in the navigation. */
  async press(key: string, values?: Readonly<Record<string, unknown>>, within: Locator = this.page.locator('main').first()): Promise<void> {
    const name = this.stage.say(key, values);
    await within.getByRole('button', { name, exact: true }).or(within.getByRole('link', { name, exact: true })).or(within.getByRole('tab', { name, exact: true })).first().click();
  }

  async fill(key: string, text: string, within: Page | Locator = this.page): Promise<void> {
    await within.getByLabel(this.stage.say(key)).first().fill(text);
  }

  /** Opens a list beside a label and chooses in it, by typing where it can be searched. */
  async choose(field: Locator, text: string): Promise<void> {
    await field.click();
    const search = this.page.getByRole('combobox').last();
    const option = this.page.getByRole('option').filter({ hasText: text }).first();
    await search.or(option).first().waitFor();
    if (await search.count() > 0) await search.fill(text);
    await option.click();
  }

  async see(text: string): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  async sees(key: string, values?: Readonly<Record<string, unknown>>): Promise<void> {
    await this.see(this.stage.say(key, values));
  }

  /** The short message after something was done. */
  async told(key: string, values?: Readonly<Record<string, unknown>>): Promise<void> {
    await this.page.locator('.toasts').getByText(this.stage.say(key, values)).first().waitFor();
  }

  /** A step of a problem that asks for something: from its button or the menu to the end of its dialog. */
  async take(step: string, fill: (dialog: Locator) => Promise<void> = async () => undefined): Promise<void> {
    const title = this.stage.say(`problem:act.title.${step}`);
    const button = this.page.getByRole('button', { name: title, exact: true });
    const menu = this.page.getByRole('button', { name: this.stage.say('problem:act.menu'), exact: true });
    await button.or(menu).first().waitFor();
    if (await button.count() === 0) await menu.click();
    await button.click();
    await fill(this.dialog());
    await this.press(`problem:act.do.${step}`, {}, this.dialog());
    await this.page.locator('dialog[open]').waitFor({ state: 'detached' });
  }

  /** What everybody owes the eye before he leaves a page: nothing sticks out, nothing that a reader of screens stumbles over. */
  async sound(): Promise<void> {
    // What is still fading in has no colour to be judged; what is wrong stays so.
    await expect.poll(() => unsound(this.page), { timeout: SETTLED_MS }).toBeUndefined();
  }

  async picture(name: string, to?: Locator): Promise<void> {
    if (this.pictures === undefined) return;
    await this.page.evaluate(async () => { await document.fonts.ready; });
    if (to !== undefined) await to.evaluate((part) => part.scrollIntoView({ block: 'start' }));
    else await this.page.evaluate(() => window.scrollTo(0, 0));
    // Messages that fly in would stand in one picture and not in the next.
    await this.page.locator('.toast').last().waitFor({ state: 'hidden' }).catch(() => undefined);
    writeFileSync(path.join(this.pictures, `week-${name}.png`), await this.page.screenshot({ animations: 'disabled' }));
  }
}

