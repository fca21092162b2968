// Takes the pictures of docs/story.md and docs/week.md anew, after a build: `node scripts/pictures.mjs [story|week]`. It starts a server of its own with a
// demonstration zone in a temporary folder, which it removes. `--address URL` takes those of the story from a zone that runs already, `--data FOLDER`
// those of the week from a copy of a zone that does not.
import { rmSync } from 'node:fs';
import { serve } from './pictures/ground.mjs';
import { takeStory } from './pictures/story.mjs';
import { takeWeek } from './pictures/week.mjs';

const [, , ...words] = process.argv;
const wants = (story) => words.includes(story) || !['story', 'week'].some((one) => words.includes(one));
const given = (name) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined);

const [address, data] = [given('--address'), given('--data')];
if (wants('story') && address !== undefined) await takeStory(address);
if (wants('week') && data !== undefined) await takeWeek(data);
if ((wants('story') && address === undefined) || (wants('week') && data === undefined)) {
  const served = await serve();
  try {
    if (wants('story') && address === undefined) await takeStory(served.address);
    // The week is played by another process in copies of the folder: nobody may hold it meanwhile.
    await served.stop();
    if (wants('week') && data === undefined) await takeWeek(served.folder);
  } finally {
    await served.stop();
    rmSync(served.folder, { recursive: true, force: true });
  }
}
