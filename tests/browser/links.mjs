// A link to a passage, a hit, an article shows it, also where it is folded away or hidden by a switch.
import { settled } from './session.mjs';

/** Ids tried on a page, spread over it. */
const TRIED = 60;

export async function links(subject) {
  await subject.with({ reducedMotion: 'reduce' }, async (page) => {
    const { dead, twice } = await page.evaluate(() => {
      const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
      const known = new Set(ids);
      const hashes = [...document.querySelectorAll('a[href^="#"]')].map((a) => decodeURIComponent(a.hash.slice(1)));
      return { dead: hashes.filter((id) => !known.has(id)), twice: ids.filter((id, i) => ids.indexOf(id) !== i) };
    });
    for (const id of new Set(dead)) subject.fault(`a link leads to #${id}, which is not here`);
    for (const id of new Set(twice)) subject.fault(`#${id} stands twice`);
    for (const id of await spread(page)) {
      await page.evaluate((id) => (location.hash = `#${id}`), id);
      await landed(subject, page, id, '');
    }
  });
  const few = await subject.with({}, async (page) => (await spread(page)).filter((_, i) => i % 12 === 5));
  for (const id of few) {
    await subject.with({ hash: `#${id}`, reducedMotion: 'reduce' }, (page) => landed(subject, page, id, 'opened anew'));
  }
}

/** Ids of what has a permanent link: sections, items, rows, charts. */
async function spread(page) {
  const ids = await page.$$eval('main [id]', (all) => all.filter((e) => !e.closest('svg,[popover],dialog') && !e.matches('input,[popover],label,dialog')).map((e) => e.id));
  const step = Math.max(1, Math.floor(ids.length / TRIED));
  return ids.filter((_, i) => i % step === 0);
}

/** Whether the target is in view within a second. */
export async function landed(subject, page, id, how) {
  let seen;
  for (let tries = 0; tries < 10; tries++) {
    await settled(page);
    seen = await page.evaluate((id) => {
      const target = document.getElementById(id);
      const rect = target.getBoundingClientRect();
      const over = document.elementFromPoint(rect.left + Math.min(3, rect.width / 2), rect.top + 3);
      const covered = rect.top >= 0 && !!over && over.closest('main') === null && !over.contains(target);
      const shown = rect.width > 0 && rect.height > 0 && target.checkVisibility();
      return { shown, covered, top: Math.round(rect.top), inView: shown && rect.top >= -2 && rect.top < innerHeight * 0.75, end: scrollY + innerHeight >= document.documentElement.scrollHeight - 2, low: rect.top < innerHeight };
    }, id);
    if (!seen.covered && (seen.inView || (seen.end && seen.low && seen.shown))) return;
    await page.waitForTimeout(100);
  }
  const where = seen.covered ? 'lies under the switches' : seen.shown ? `stands at ${seen.top} px` : 'is not shown';
  subject.fault(`#${id} ${where} when its link is followed${how ? `, ${how}` : ''}`);
}
