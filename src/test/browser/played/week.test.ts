// A whole week in a real browser, as commissioner, desk, department, office, leader and enterprise, each through his own pages: a call at the desk, three
// reports from where there is no network, a department that is not responsible, a meeting, its slips, an enterprise that is not content and then is. In
// the end the counts have moved by exactly what happened. With YUGONG_PLAYED_DATA it is played in a copy of a demonstration zone, and pictures are taken
// where YUGONG_PLAYED_PICTURES says (`node scripts/pictures.mjs`). Needs Chromium and the built pages.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ready } from '../ground.ts';
import { toldTwice, type Figures } from './counted.ts';
import * as friday from './friday.ts';
import * as monday from './monday.ts';
import { openStage, type Stage } from './stage.ts';
import * as thursday from './thursday.ts';
import * as tuesday from './tuesday.ts';
import * as wednesday from './wednesday.ts';
import type { Asked } from './words.ts';
import { demonstrationZone, ownZone } from './zone.ts';

if (!ready) console.warn('the week in a browser: skipped, there is no Chromium or no built page');
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const { YUGONG_PLAYED_DATA: data, YUGONG_PLAYED_PICTURES: pictures, YUGONG_PLAYED_LANG: lang } = process.env;

const language = lang === 'en' ? 'en' : 'zh-CN';

describe.skipIf(!ready)('a week', () => {
  let stage: Stage;
  let before: Figures;
  let call: Asked;
  let site: Asked;
  let meeting: string;
  // What a day leaves undone would fail every day after it.
  let going = true;
  const day = (what: string, play: () => Promise<void>): void => it(what, async ({ skip }) => {
    if (!going) skip();
    going = false;
    try {
      await play();
      going = true;
    } finally {
      if (!going) await stage.stopped();
    }
  });

  beforeAll(async () => {
    stage = await openStage(data === undefined ? await ownZone() : await demonstrationZone(data, language), { lang: language, pictures });
  });
  afterAll(() => stage?.close());

  day('begins on Monday with a look at the rates', async () => {
    before = await monday.leaderLooks(stage);
  });

  day('on Monday a call is filed with the kind that its words suggest, handed out to whom the kind suggests, and replied to', async () => {
    call = await monday.deskTakesCall(stage);
    await monday.deskHandsOut(stage, call);
    await monday.officeNamesProject(stage, call);
    await monday.departmentReplies(stage, call);
  });

  day('on Tuesday three reports are written without a network, and all arrive once', async () => {
    site = await tuesday.reportsWithoutNetwork(stage);
  });

  day('on Tuesday what stands in the way on site goes to a department, which hands it back', async () => {
    await tuesday.commissionerAsksAbove(stage, site);
    await tuesday.officeForwards(stage, site);
    await tuesday.departmentHandsBack(stage, site);
  });

  day('on Wednesday a second department hands it back, and the office rules who has it', async () => {
    await wednesday.deskTriesAnother(stage, site);
    await wednesday.otherHandsBack(stage, site);
    await wednesday.officeRules(stage, site);
  });

  day('on Wednesday the agenda proposes itself, is edited and sent; the meeting decides, also while the network is away', async () => {
    meeting = await wednesday.agendaIsSent(stage);
    await wednesday.meetingDecides(stage, meeting);
  });

  day('on Thursday the minutes are issued with a slip for every measure, and the department signs and submits', async () => {
    await thursday.officeIssuesMinutes(stage, meeting);
    await thursday.departmentSigns(stage, site);
    await thursday.departmentSubmits(stage, [{ ...call, done: '线路已架通，7月6日16时送电' }, { ...site, done: '10千伏线路已迁至北侧红线外，塔吊通道净高满足要求' }]);
  });

  day('on Friday what was on site is confirmed by a call-back, the enterprise says no, it is done again one level higher, then yes', async () => {
    await friday.deskCallsBack(stage, site);
    await friday.commissionerConfirms(stage, call, '09:40');
    await friday.enterpriseAnswers(stage, call, 'dissatisfied', '10:10');
    await friday.officeDoesItAgain(stage, call);
    await friday.commissionerConfirms(stage, call, '14:40');
    await friday.enterpriseAnswers(stage, call, 'satisfied', '15:20');
  });

  day('ends with rates and a public counter that have moved by what happened', async () => {
    await friday.leaderSees(stage, before);
    await friday.counterShows(stage);
    expect(await toldTwice(stage)).toEqual([]);
    expect(stage.faults).toEqual([]);
  });
});
