// The invented approvals keep the order of the law: an expert who opens any project must not find a permit before what it rests on.
import { expect, test } from 'vitest';
import { NATIONAL } from '../features/approvals/catalogue/standard.ts';
import { factsOf } from './approvals.ts';
import { applicationsOf, needs } from './flow.ts';
import { demoProjects } from './model.ts';
import { storyOf } from './story.ts';

const BEGUN = new Set(['started', 'building', 'completed', 'producing', 'effective']);
/** Told by the province's own system, and what nobody applies for. */
const ELSEWHERE = new Set(['P15']);

test('nothing is applied for before all that it must wait for was applied for', () => {
  const stories = demoProjects().map(storyOf).filter((story) => !BEGUN.has(story.stage));
  expect(stories.length).toBeGreaterThan(15);
  const early = stories.flatMap((story) => {
    const facts = factsOf(story);
    const applied = applicationsOf(story, facts);
    const days = new Map(applied.map((one) => [one.item, one.from]));
    return applied.flatMap(({ item, from }) => {
      // What the law forbids to grant before has no tie of its own in the network of this track.
      if (item === 'L05' && (days.get('L01') ?? '9999') >= from) return [`${story.project.name}: L05 without L01`];
      const after = NATIONAL.items.find((one) => one.code === item)?.tracks[story.kind]?.after ?? [];
      const missing = after.flatMap((one) => ('item' in one && !one.deferrable && needs(one.item, facts) && !ELSEWHERE.has(one.item) && (days.get(one.item) ?? '9999') > from ? [one.item] : []));
      return missing.map((code) => `${story.project.name}: ${item} ${from} before ${code}`);
    });
  });
  expect(early).toEqual([]);
});
