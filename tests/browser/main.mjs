// Every check on every page: main.mjs FOLDER [NAME…], where FOLDER holds one folder of output a set.
import { readdirSync, existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Faults, Subject, start } from './session.mjs';
import { access } from './access.mjs';
import { hostile } from './hostile.mjs';
import { keyboard } from './keyboard.mjs';
import { layout } from './layout.mjs';
import { links } from './links.mjs';
import { paper } from './paper.mjs';
import { plain } from './plain.mjs';

const CHECKS = { layout, access, keyboard, links, paper, plain, hostile };

const [folder, ...only] = process.argv.slice(2);
const faults = new Faults();
const browser = await start();
let pages = 0;
try {
  for (const set of readdirSync(folder).sort()) {
    const files = readdirSync(join(folder, set)).filter((name) => name.endsWith('.html')).sort();
    for (const file of files) {
      pages += 1;
      const path = join(folder, set, file);
      const subject = new Subject(browser, path, relative(folder, path), faults);
      for (const [name, check] of Object.entries(CHECKS)) {
        if (only.length && !only.includes(name)) continue;
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
  }
} finally {
  await browser.close();
}
const lines = faults.lines();
for (const line of lines) console.error(`FAULT ${line}`);
if (!pages) console.error('FAULT no page was found');
console.log(`${pages} pages, ${lines.length} faults`);
process.exitCode = lines.length || !pages ? 1 : 0;
