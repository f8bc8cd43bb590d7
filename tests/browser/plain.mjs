// Without script all the text is there, and nothing that does nothing.
import { openAll } from './session.mjs';

export async function plain(subject) {
  const read = async (page) => {
    await openAll(page);
    return page.evaluate(lines);
  };
  const run = await subject.with({}, read);
  const still = await subject.with({ javaScriptEnabled: false }, async (page) => {
    const dead = await page.evaluate(() =>
      [...document.querySelectorAll('button:not([popovertarget]),select,input:not([type="radio"]),[role="search"]')].filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 80)),
    );
    for (const what of dead.slice(0, 3)) subject.fault(`does nothing without script: ${what}`);
    return read(page);
  });
  const without = new Set(still);
  const lost = run.filter((line) => !without.has(line));
  for (const line of lost.slice(0, 5)) subject.fault(`only with script: “${line.slice(0, 100)}”`);
  const held = new Set(run);
  const more = still.filter((line) => !held.has(line));
  for (const line of more.slice(0, 5)) subject.fault(`only without script: “${line.slice(0, 100)}”`);
}

/** Runs in the page: its text by lines, controls and what they say aside. */
function lines() {
  for (const e of document.querySelectorAll(':not(th) > button,select,form,search,dialog,[popover],[role="status"],noscript')) if (!e.matches('.note')) e.hidden = e.style.display = 'none';
  return document.querySelector('main').innerText.split('\n').map((line) => line.trim()).filter(Boolean);
}
