// Every chart is a picture that a browser can draw, and nothing but a picture.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Subject } from './session.mjs';

const KINDS = { '.svg': 'image/svg+xml', '.png': 'image/png' };

/** The charts of a set, each drawn as a picture; the SVGs opened as pages, too, where scripts could run. */
export async function pictures(browser, folder, set, faults) {
  const charts = join(folder, set, 'charts');
  const files = existsSync(charts) ? readdirSync(charts).filter((name) => extname(name) in KINDS) : [];
  if (!files.length) return;
  const page = await browser.newPage();
  for (const file of files) {
    const where = `${set}/charts/${file}`;
    const address = `data:${KINDS[extname(file)]};base64,${readFileSync(join(charts, file)).toString('base64')}`;
    const size = await page.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      return image.decode().then(() => [image.naturalWidth, image.naturalHeight], () => null);
    }, address);
    if (!size) faults.add(where, 'cannot be drawn');
    else if (Math.min(...size) < 20) faults.add(where, `is ${size.join(' by ')} px`);
  }
  await page.close();
  if (!set.startsWith('hostile')) return;
  for (const file of files.filter((name) => name.endsWith('.svg'))) {
    const subject = new Subject(browser, join(charts, file), `${set}/charts/${file}`, faults);
    subject.check = 'pictures';
    await subject.with({}, (opened) => opened.waitForTimeout(20));
  }
}
