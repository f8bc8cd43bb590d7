// Every check on every page: main.mjs FOLDER [NAME…], where FOLDER holds one folder of output a set.
import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Faults, Subject, start } from './session.mjs';
import { access } from './access.mjs';
import { hostile } from './hostile.mjs';
import { keyboard } from './keyboard.mjs';
import { layout } from './layout.mjs';
import { links } from './links.mjs';
import { paper } from './paper.mjs';
import { pictures } from './pictures.mjs';
import { plain } from './plain.mjs';
import { planted } from './planted.mjs';
import { switches } from './switches.mjs';

const CHECKS = { layout, access, keyboard, switches, links, paper, plain, hostile };
/** Sets that are here for some checks alone; every other goes through all. */
const FEW = {
  events: ['layout', 'switches', 'links', 'plain'],
  'hostile-masked': ['layout', 'hostile'],
  'hostile-none': ['layout', 'access', 'hostile'],
  'worksheet-hostile': ['layout', 'hostile'],
};
/** Pages looked at together: half of a check is waiting for the next frame. */
const TOGETHER = 2;

const [folder, ...only] = process.argv.slice(2);
const faults = new Faults();
const browser = await start();
const pages = readdirSync(folder)
  .sort()
  .flatMap((set) => readdirSync(join(folder, set)).filter((name) => name.endsWith('.html')).sort().map((name) => join(folder, set, name)));

async function look(path) {
  const subject = new Subject(browser, path, relative(folder, path), faults);
  for (const [name, check] of Object.entries(CHECKS)) {
    if (only.length ? !only.includes(name) : FEW[dirname(subject.name)]?.includes(name) === false) continue;
    const began = Date.now();
    subject.check = name;
    try {
      await check(subject);
    } catch (error) {
      subject.fault(`could not be checked: ${error.stack ?? error}`);
    }
    console.log(`${subject.name} ${name} ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
}

try {
  if (!only.length) await planted(browser, CHECKS, faults);
  if (!only.length || only.includes('pictures')) for (const set of readdirSync(folder).sort()) await pictures(browser, folder, set, faults);
  const left = [...pages];
  const worker = async () => {
    while (left.length) await look(left.shift());
  };
  await Promise.all(Array.from({ length: TOGETHER }, worker));
} finally {
  await browser.close();
}
const lines = faults.lines();
for (const line of lines) console.error(`FAULT ${line}`);
if (!pages.length) console.error('FAULT no page was found');
console.log(`${pages.length} pages, ${lines.length} faults`);
process.exitCode = lines.length || !pages.length ? 1 : 0;
