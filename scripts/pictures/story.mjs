// The pictures of docs/story.md, out of the demonstration zone's own pages as they are when it has been loaded.
import { keep, launch } from './ground.mjs';

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** The two projects whose approvals the zone tells to the end. */
const PROJECTS = { told: '电池级硫酸锌与硫酸锰', still: '高压无缝气瓶' };

/** Who sees what. `to`: a part of the page that is brought to the top. `case`: an item of the project, whose case is opened. */
const PICTURES = [
  { name: '01-signin', path: '/sign-in' },
  { name: '02-facts', role: 'commissioner', path: '/projects/{told}/approvals/facts' },
  { name: '03-guidance', role: 'commissioner', path: '/approvals/guidance' },
  { name: '04-ways', role: 'commissioner', path: '/projects/{still}/approvals' },
  { name: '05-stopped', role: 'enterprise', path: '/approvals/cases/{told:P11}' },
  { name: '06-simulated', role: 'enterprise', path: '/projects/{told}/approvals/faster' },
  { name: '07-tolerated', role: 'enterprise', path: '/projects/{told}/approvals/faster', to: '.fastergates' },
  { name: '08-review', role: 'department', path: '/approvals/cases/{told:D01}' },
  { name: '09-agreed', role: 'commissioner', path: '/projects/{told}/approvals' },
  { name: '10-permit', role: 'enterprise', path: '/projects/{told}/approvals/cases', to: '.caseitems > section:nth-of-type(3)' },
  { name: '11-leader', role: 'leader', path: '/approvals' },
  { name: '12-phone-still', role: 'commissioner', path: '/approvals/cases/{still:L02}', size: PHONE },
  { name: '13-phone-firm', role: 'enterprise', path: '/projects/{told}/approvals/cases', size: PHONE },
  { name: '14-queue', role: 'department', path: '/approvals/cases' },
];

let browser;
let served;

/** Takes them all, in both languages, from a demonstration zone that runs at an address. */
export async function takeStory(address) {
  served = { address };
  browser = await launch();
  try {
    const { items: people } = await (await fetch(`${address}/api/queries/people.demo_sign_ins`)).json();
    const places = await placesOf(people);
    for (const [lang, end] of [['zh-CN', ''], ['en', '.en']]) for (const one of PICTURES) await take(one, lang, end, people, places);
  } finally {
    await browser.close();
  }
}

async function take(one, lang, end, people, places) {
  const { context, page } = await signedIn(one.role, lang, one.size ?? DESK, people);
  await page.goto(served.address + one.path.replaceAll(/\{([^}]+)\}/g, (_all, word) => places[word] ?? word), { waitUntil: 'networkidle' });
  await page.locator('h1').first().waitFor({ timeout: 60_000 });
  if (one.to !== undefined) await page.locator(one.to).first().evaluate((part) => part.scrollIntoView({ block: 'start' }));
  await page.waitForTimeout(500);
  keep(`story-${one.name}${end}`, await page.screenshot());
  await context.close();
}

async function signedIn(role, lang, viewport, people) {
  const phone = viewport.width < 500;
  const context = await browser.newContext({ viewport, isMobile: phone, hasTouch: phone });
  await context.addCookies([{ name: 'yugong_lang', value: lang, url: served.address }]);
  const person = people.find((each) => each.role === role);
  if (person !== undefined) {
    await context.request.post(`${served.address}/api/commands/people.demo_sign_in`, { headers: { origin: served.address, 'idempotency-key': crypto.randomUUID() }, data: { userId: person.userId } });
  }
  return { context, page: await context.newPage() };
}

/** Ids of projects and their cases: `told`, `told:P11`, … */
async function placesOf(people) {
  const { context } = await signedIn('office', 'zh-CN', DESK, people);
  const ask = async (name, input) => (await context.request.get(`${served.address}/api/queries/${name}?${new URLSearchParams(input)}`)).json();
  const places = {};
  for (const [word, q] of Object.entries(PROJECTS)) {
    const { items } = await ask('projects.list', { q, limit: '1' });
    places[word] = items[0].id;
    for (const item of (await ask('approvals.project_cases', { id: items[0].id })).items) if (item.case !== null) places[`${word}:${item.code}`] = item.case.id;
  }
  await context.close();
  return places;
}
