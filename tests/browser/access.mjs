// What axe-core says, in light and dark, wide and narrow, with everything opened.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { openAll, settled } from './session.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WAYS = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 320, colorScheme: 'light' },
  { width: 1280, colorScheme: 'light', forcedColors: 'active' },
];

export async function access(subject) {
  for (const way of WAYS) {
    await subject.with({ ...way, reducedMotion: 'reduce' }, async (page) => {
      await openAll(page);
      await settled(page);
      await page.evaluate(AXE);
      const violations = await page.evaluate(async (forced) => {
        // In forced colours the browser, not the page, answers for contrast.
        const rules = forced ? { 'color-contrast': { enabled: false } } : {};
        const { violations } = await window.axe.run(document, { resultTypes: ['violations'], rules });
        return violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, count: nodes.length, first: nodes[0].html.slice(0, 160), at: String(nodes[0].target) }));
      }, way.forcedColors === 'active');
      const how = Object.values(way).join(' ');
      for (const { id, impact, help, count, first, at } of violations) {
        const line = `${how}: ${impact} ${id} (${help}), ${count} places, first ${at}: ${first}`;
        if (['serious', 'critical'].includes(impact)) subject.fault(line);
        else subject.remark(line);
      }
    });
  }
}
