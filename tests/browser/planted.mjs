// The checks themselves: a page with one of each fault must not pass any of them.
import { fileURLToPath } from 'node:url';
import { Faults, Subject } from './session.mjs';

const PLANTED = {
  layout: ['scrolls sideways', 'cut off: <p class="narrow">', 'lies on <p>', 'scrolls, but no key reaches it', 'outside their chart', 'text ran as a script: planted', 'asks for http://example.org'],
  access: ['color-contrast', 'policy refuses'],
  keyboard: ['no outline shows the focus', 'do not name the section two', 'no key works it'],
  links: ['#nowhere, which is not here', '#twice stands twice', '#gone is not shown'],
  paper: ['a control is printed', 'words of the page are not printed: Caution', 'wider than the sheet', 'cut off on paper'],
  plain: ['only with script: “Told by script”', 'does nothing without script'],
  hostile: ['onclick', 'leads to javascript:', 'holds <object>', '<img> has src'],
};

/** Records what the checks do not see. */
export async function planted(browser, checks, faults) {
  const file = fileURLToPath(new URL('planted.html', import.meta.url));
  for (const [name, expected] of Object.entries(PLANTED)) {
    const found = new Faults();
    const subject = new Subject(browser, file, 'planted.html', found);
    await checks[name](subject);
    const lines = found.lines().join('\n');
    for (const what of expected) if (!lines.includes(what)) faults.add(`planted.html · ${name}`, `is not found: ${what}`);
  }
}
