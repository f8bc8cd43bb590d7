// How large pages are and how long they take to open and to scroll through: measure.mjs REPORT.html… (not part of the tests).
import { statSync } from 'node:fs';
import { start, Subject, Faults } from './session.mjs';

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
const browser = await start();
console.log('| page | bytes | elements | DOMContentLoaded ms | drawn ms | to the end ms | slowest frame ms |\n|---|---|---|---|---|---|---|');
for (const file of process.argv.slice(2)) {
  const runs = [];
  for (let i = 0; i < 3; i++) {
    runs.push(
      await new Subject(browser, file, file, new Faults()).with({}, async (page) => {
        const opened = await page.evaluate(async () => {
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          const { domContentLoadedEventEnd } = performance.getEntriesByType('navigation')[0];
          const drawn = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
          return { ready: domContentLoadedEventEnd, drawn, elements: document.querySelectorAll('*').length };
        });
        // A screen a frame, as somebody scrolls who looks for something; the end may move away as parts are laid out.
        const scrolled = await page.evaluate(async () => {
          const frame = () => new Promise((done) => requestAnimationFrame(done));
          const began = performance.now();
          let [slowest, last] = [0, began];
          scrollTo(0, document.documentElement.scrollHeight);
          await frame();
          await frame();
          const end = performance.now() - began;
          scrollTo(0, 0);
          for (let i = 0; i < 120; i++) {
            scrollBy(0, innerHeight);
            last = performance.now();
            await frame();
            slowest = Math.max(slowest, performance.now() - last);
          }
          return { end, slowest };
        });
        return { ...opened, ...scrolled };
      }),
    );
  }
  const of = (key) => Math.round(median(runs.map((run) => run[key])));
  console.log(`| ${file} | ${statSync(file).size} | ${of('elements')} | ${of('ready')} | ${of('drawn')} | ${of('end')} | ${of('slowest')} |`);
}
await browser.close();
