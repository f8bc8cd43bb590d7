// Everything can be reached and worked with keys alone, and one sees where one is.
import { settled } from './session.mjs';

/** More stops than any page of the tests has. */
const STOPS = 3000;

export async function keyboard(subject) {
  await subject.with({ reducedMotion: 'reduce' }, async (page) => {
    const expected = await page.evaluate(stops);
    await page.keyboard.press('Tab');
    const first = await page.evaluate(focused);
    if (subject.isReport && (!first?.href?.startsWith('#') || first.inNav)) subject.fault(`the first key does not lead to a skip link but to ${first?.what}`);
    if (subject.isReport && first && !first.inView) subject.fault('the skip link is not seen when it has the focus');
    const passed = new Set();
    for (let i = 0; i < STOPS; i++) {
      const at = await page.evaluate(focused);
      if (!at || passed.has(at.number)) break;
      passed.add(at.number);
      if (!at.outlined) subject.fault(`no outline shows the focus on ${at.what}`);
      if (at.covered) subject.fault(`the focus is covered by something that stays in place on ${at.what}`);
      if (!at.inView) subject.fault(`the focus is out of sight on ${at.what}`);
      if (at.small) subject.fault(`smaller than 24 px with another beside it: ${at.what}`);
      await page.keyboard.press('Tab');
    }
    const missed = expected.filter(({ number }) => !passed.has(number));
    for (const { what } of missed.slice(0, 5)) subject.fault(`no key reaches ${what}`);
    if (missed.length > 5) subject.fault(`no key reaches ${missed.length} in all`);
  });
  await subject.with({ reducedMotion: 'reduce' }, sections(subject));
  await subject.with({ reducedMotion: 'reduce' }, details(subject));
}

/** Each section by its link in the contents; the next stop lies in it or behind it. */
const sections = (subject) => async (page) => {
  const ids = await page.$$eval('main section[id] > h2', (all) => all.map((h2) => h2.parentElement.id));
  const links = await page.$$eval('nav a[href^="#"]', (all) => all.map((a) => a.hash.slice(1)));
  for (const id of ids.filter((id) => !links.includes(id))) subject.fault(`the contents do not name the section ${id}`);
  for (const id of links.filter((id) => ids.includes(id))) {
    await page.evaluate(() => scrollTo(0, 0));
    await page.focus(`nav a[href="#${id}"]`);
    await page.keyboard.press('Enter');
    await settled(page);
    const { top, covered } = await page.$eval(`#${id} > h2`, (h2) => {
      const { left, top } = h2.getBoundingClientRect();
      const over = document.elementFromPoint(left + 3, top + 3);
      return { top, covered: !!over && over.contains(h2) === false && !h2.contains(over) };
    });
    if (covered) subject.fault(`the link to #${id} leaves its heading under something else`);
    const atEnd = await page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 2);
    if (top < -1 || (top > 400 && !atEnd)) subject.fault(`the link to #${id} leaves its heading at ${Math.round(top)} px`);
    await page.keyboard.press('Tab');
    const behind = await page.evaluate((id) => {
      const at = document.activeElement;
      const section = document.getElementById(id);
      const after = (e) => section.contains(e) || !!(section.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
      return after(at) || ![...document.querySelectorAll('a[href],button,summary,[tabindex="0"]')].some((e) => after(e) && e.checkVisibility());
    }, id);
    if (!behind) subject.fault(`after the link to ${id} the next stop is not in it or behind it`);
  }
};

/** Folded parts open and close by key. */
const details = (subject) => async (page) => {
  const folded = await page.$$('main details > summary');
  for (const summary of folded.slice(0, 12)) {
    const state = () => summary.evaluate((s) => s.parentElement.open);
    if (!(await summary.isVisible())) continue;
    const before = await state();
    await summary.focus();
    await page.keyboard.press('Enter');
    if ((await state()) === before) subject.fault(`Enter does not open ${await summary.evaluate((s) => s.textContent.slice(0, 40))}`);
    await page.keyboard.press('Space');
    if ((await state()) !== before) subject.fault(`Space does not close ${await summary.evaluate((s) => s.textContent.slice(0, 40))}`);
  }
  const dead = await page.evaluate(() => {
    const works = 'a[href],button,input,select,textarea,summary,label,[tabindex="0"],option';
    const pointing = [...document.body.querySelectorAll('*')].filter((e) => getComputedStyle(e).cursor === 'pointer' && !e.closest(works));
    return pointing.slice(0, 3).map((e) => e.outerHTML.slice(0, 80));
  });
  for (const what of dead) subject.fault(`looks as if it could be clicked, but no key works it: ${what}`);
};

/** Runs in the page: what a key should reach, numbered. */
function stops() {
  const all = [...document.querySelectorAll('a[href],button,input,select,textarea,summary,[tabindex]')];
  window.__stops = all;
  const groups = new Set();
  return all
    .map((element, number) => ({ element, number, what: element.outerHTML.slice(0, 100) }))
    .filter(({ element }) => {
      if (element.disabled || element.tabIndex < 0 || !element.checkVisibility({ visibilityProperty: true })) return false;
      if (element.closest('[popover]:not(:popover-open),dialog:not([open]),[inert]')) return false;
      if (element.type !== 'radio') return true;
      // Of radio buttons of one name, one is a stop; arrows lead to the others.
      const group = [...document.getElementsByName(element.name)];
      const stop = group.find((one) => one.checked) ?? group[0];
      return stop === element && !groups.has(element.name) && groups.add(element.name);
    })
    .map(({ number, what }) => ({ number, what }));
}

/** Runs in the page: where the focus is. */
function focused() {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const shown = at.type === 'radio' || at.type === 'checkbox' ? (at.labels?.[0] ?? at) : at;
  const outline = (element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  };
  const rects = [...shown.getClientRects()];
  const rect = rects[0] ?? shown.getBoundingClientRect();
  const inView = rect.width > 1 && rect.bottom > 0 && rect.top < innerHeight && rect.right > 0 && rect.left < innerWidth;
  // Links and small buttons in running text are excepted, as WCAG 2.5.8 has it.
  const running = shown.closest('p,li,td,dd')?.textContent.trim().length > 2 * shown.textContent.trim().length + 2 && getComputedStyle(shown).display.startsWith('inline');
  // Hidden is what is covered at its head and at its foot; a tall frame may begin under the bar.
  const under = (y) => {
    const over = document.elementFromPoint(rect.left + Math.min(4, rect.width / 2), y);
    return !!over && !shown.contains(over) && !over.contains(shown) && ['sticky', 'fixed'].includes(getComputedStyle(bar(over)).position);
  };
  return {
    number: (window.__stops ?? []).indexOf(at),
    what: at.outerHTML.slice(0, 100),
    href: at.getAttribute('href'),
    inNav: !!at.closest('nav'),
    outlined: outline(at) || outline(shown) || (at.labels?.length > 0 && [...at.labels].some(outline)),
    inView,
    covered: inView && under(Math.max(rect.top, 0) + Math.min(6, rect.height / 2)) && under(Math.min(rect.bottom, innerHeight) - Math.min(6, rect.height / 2)),
    small: at.matches('button,input,select,summary') && Math.min(shown.getBoundingClientRect().width, shown.getBoundingClientRect().height) < 24 && !running,
  };
  function bar(element) {
    let found = element;
    while (found.parentElement && !['sticky', 'fixed'].includes(getComputedStyle(found).position)) found = found.parentElement;
    return found;
  }
}
