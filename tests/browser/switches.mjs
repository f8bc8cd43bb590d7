// Switches choose what they say, search finds, tables sort, letter keys walk and can be turned off.
import { landed } from './links.mjs';
import { settled } from './session.mjs';

const KINDS = ['voices', 'categories', 'outlets'];

export async function switches(subject) {
  // Worksheets have none: they are paper.
  if (!subject.isReport) return;
  for (const part of [choosing, searching, letters, sorting, cards, copying, hiddenTargets]) {
    await subject.with({ reducedMotion: 'reduce' }, async (page, context) => {
      if (!(await page.$('#switches'))) return subject.fault('there are no switches');
      if (!(await page.isVisible('#switches'))) subject.fault('the switches are not shown');
      await part(subject, page, context);
    });
  }
}

/** Runs in the page: items that are shown, and those that should be by what their attributes say. */
const chosen = (wanted) => {
  const items = [...document.querySelectorAll('.item')];
  const fits = (item) => Object.entries(wanted).every(([kind, value]) => !value || item.dataset[kind] === undefined || item.dataset[kind].split(' ').includes(value));
  const name = (item) => item.id || item.textContent.trim().slice(0, 30);
  const shown = items.filter((item) => getComputedStyle(item).display !== 'none' && !item.closest('[hidden]'));
  return {
    all: items.length,
    shown: shown.length,
    wrong: items.filter((item) => shown.includes(item) !== fits(item)).map(name),
    said: document.querySelector('#count')?.textContent ?? '',
  };
};

async function choosing(subject, page) {
  const { all, shown } = await page.evaluate(chosen, {});
  if (shown !== all) subject.fault(`${shown} of ${all} items are shown at the start`);
  let narrowed = 0;
  const look = async (wanted) => {
    await page.waitForTimeout(60);
    await settled(page);
    const now = await page.evaluate(chosen, wanted);
    const how = JSON.stringify(wanted);
    if (now.wrong.length) subject.fault(`${how}: ${now.wrong.length} items are shown that do not fit, or hidden that do: ${now.wrong.slice(0, 3)}`);
    if (now.shown < now.all) narrowed += 1;
    const numbers = now.said.replaceAll(',', '').match(/\d+/g)?.map(Number) ?? [];
    if (now.shown < now.all && !(numbers.includes(now.shown) && numbers.includes(now.all))) subject.fault(`${how}: ${now.shown} of ${now.all} items, but it says “${now.said}”`);
  };
  const values = {};
  for (const kind of KINDS) {
    const select = `#switches select[name="${kind}"]`;
    if (!(await page.$(select))) {
      subject.fault(`no switch for ${kind}`);
      continue;
    }
    values[kind] = (await page.$$eval(`${select} option`, (all) => all.map((o) => o.value))).filter(Boolean);
    for (const value of new Set([values[kind][0], values[kind][values[kind].length >> 1], values[kind].at(-1)])) {
      if (value === undefined) continue;
      await page.selectOption(select, value);
      await look({ [kind]: value });
    }
    await page.selectOption(select, '');
    await look({});
  }
  const both = { voices: values.voices?.[0], outlets: values.outlets?.at(-1) };
  for (const [kind, value] of Object.entries(both)) if (value) await page.selectOption(`#switches select[name="${kind}"]`, value);
  await look(both);
  await page.click('#switches [type="reset"]');
  await look({});
  if (all > 10 && !narrowed) subject.fault('no switch hides anything');
}

async function searching(subject, page) {
  const field = '#switches input[type="search"]';
  const word = await page.evaluate(() => {
    const times = new Map();
    const items = [...document.querySelectorAll('.item')];
    for (const item of items) for (const word of new Set(item.textContent.toLowerCase().match(/\p{L}{5,14}/gu) ?? [])) times.set(word, (times.get(word) ?? 0) + 1);
    return [...times].find(([, n]) => n > 1 && n < items.length / 2)?.[0];
  });
  const look = async (text) => {
    await page.fill(field, text);
    await page.waitForTimeout(400);
    return page.evaluate((text) => {
      const items = [...document.querySelectorAll('.item')];
      const shown = (item) => getComputedStyle(item).display !== 'none' && !item.closest('[hidden]');
      return {
        shown: items.filter(shown).length,
        wrong: items.filter((item) => shown(item) && !item.textContent.toLowerCase().includes(text) && !item.querySelector('.item')).length,
        missed: items.filter((item) => !shown(item) && item.textContent.toLowerCase().includes(text)).length,
      };
    }, text);
  };
  if (word) {
    const { shown, wrong, missed } = await look(word);
    if (!shown || wrong || missed) subject.fault(`a search for “${word}” shows ${shown} items, ${wrong} of them without it, and hides ${missed} with it`);
  }
  const { shown } = await look('zzqxzz nowhere');
  if (shown) subject.fault(`a search for what is nowhere shows ${shown} items`);
  await page.fill(field, '');
  await page.waitForTimeout(400);
  const { wrong } = await page.evaluate(chosen, {});
  if (wrong.length) subject.fault('an emptied search does not show all again');
}

async function letters(subject, page) {
  const at = () =>
    page.evaluate(() => {
      const active = document.activeElement;
      return { item: active.closest('.item')?.id ?? '', mark: !!active.closest('mark') || active.localName === 'mark' || !!active.querySelector?.(':scope > mark'), what: active.outerHTML.slice(0, 60), top: active.getBoundingClientRect().top, height: innerHeight };
    });
  const press = async (key) => {
    await page.keyboard.press(key);
    await settled(page);
    return at();
  };
  const first = await press('j');
  if (!first.item) subject.fault(`j leads to no item but to ${first.what}`);
  else if (first.top < -1 || first.top > first.height) subject.fault(`j leads to #${first.item}, which is out of sight`);
  const second = await press('j');
  if (second.item === first.item) subject.fault('j leads no further');
  const back = await press('k');
  if (back.item !== first.item) subject.fault(`k leads to #${back.item}, not back to #${first.item}`);
  if (await page.$('.item mark')) {
    const mark = await press('n');
    if (!mark.mark) subject.fault(`n leads to no mark but to ${mark.what}`);
    const next = await press('n');
    const before = await press('p');
    if (next.what === mark.what && next.top === mark.top) subject.remark('two marks alike');
    if (!before.mark) subject.fault(`p leads to no mark but to ${before.what}`);
  }
  const voice = () => page.$eval('#switches select[name="voices"]', (s) => s.value);
  const heard = new Set([await voice()]);
  for (let i = 0; i < 4; i++) {
    await press('v');
    heard.add(await voice());
  }
  if (heard.size !== 4) subject.fault(`v goes through ${[...heard].map((v) => v || 'all').join(', ')}`);
  const kept = await voice();
  await press('Control+v');
  if ((await voice()) !== kept) subject.fault('a letter with the control key is taken for a letter');
  await press('/');
  if (!(await page.evaluate(() => document.activeElement.matches('input[type="search"]')))) subject.fault('/ does not lead to the search');
  await page.keyboard.type('vj?');
  if ((await voice()) !== kept || (await page.$('dialog[open]'))) subject.fault('letters work while one types');
  await page.fill('#switches input[type="search"]', '');
  await page.evaluate(() => document.activeElement.blur());
  await press('?');
  if (!(await page.$('dialog[open]'))) return subject.fault('? opens nothing');
  const inside = await page.evaluate(() => document.querySelector('dialog[open]').contains(document.activeElement));
  if (!inside) subject.fault('the list of keys does not take the focus');
  const off = await page.$('#letters');
  if (!off) subject.fault('letter keys cannot be turned off');
  else {
    await off.focus();
    await page.keyboard.press('Space');
  }
  await press('Escape');
  if (await page.$('dialog[open]')) subject.fault('Escape does not close the list of keys');
  await page.evaluate(() => document.activeElement.blur());
  await press('v');
  await press('?');
  if ((await voice()) !== kept || (await page.$('dialog[open]'))) subject.fault('letter keys work although they are off');
}

async function sorting(subject, page) {
  const tables = await page.$$('table.sortable');
  if (!tables.length) subject.remark('no table can be sorted');
  for (const table of tables.slice(0, 4)) {
    // Rows with too little data stand at the end, in their own order.
    const rows = (all = true) => table.evaluate((t, all) => [...t.tBodies].flatMap((body) => [...body.rows]).filter((row) => all || !row.matches('.little')).map((row) => [...row.cells].map((cell) => cell.dataset.sort ?? cell.textContent.trim())), all);
    const label = await table.evaluate((t) => t.caption?.textContent ?? t.closest('section')?.id);
    await table.evaluate((t) => t.closest('details')?.setAttribute('open', ''));
    const before = await rows();
    const heads = await table.$$('thead th');
    const columns = await table.evaluate((t) => [...t.tHead.rows].at(-1).cells.length);
    for (const head of heads.slice(-columns)) {
      const button = await head.$('button');
      if (!button) continue;
      const column = await head.evaluate((th) => th.cellIndex);
      await button.focus();
      await page.keyboard.press('Enter');
      const [once, said] = [await rows(), await head.getAttribute('aria-sort')];
      await page.keyboard.press('Enter');
      const [twice, saidThen] = [await rows(), await head.getAttribute('aria-sort')];
      if (!said || said === 'none' || said === saidThen) subject.fault(`${label}, column ${column}: sorted, but it says ${said} and then ${saidThen}`);
      const count = (list) => list.map((row) => row.join('|')).sort().join('\n');
      if (count(once) !== count(before)) subject.fault(`${label}, column ${column}: sorting loses rows`);
      const values = new Set(before.map((row) => row[column]));
      if (values.size > 1 && once.map((row) => row[column]).join('|') === twice.map((row) => row[column]).join('|')) subject.fault(`${label}, column ${column}: the other way round is the same`);
      const numbers = (await rows(false)).map((row) => Number(row[column]?.replaceAll(',', '')));
      const sorted = (list) => list.every((n, i) => !i || list[i - 1] <= n) || list.every((n, i) => !i || list[i - 1] >= n);
      if (numbers.length && numbers.every(Number.isFinite) && !sorted(numbers)) subject.fault(`${label}, column ${column}: numbers out of order: ${numbers.slice(0, 8)}`);
    }
  }
}

async function cards(subject, page) {
  const buttons = await page.$$('main button[popovertarget]:not([popovertargetaction="hide"])');
  if (!buttons.length) subject.remark('no cards');
  for (const button of buttons.slice(0, 3)) {
    if (!(await button.isVisible())) continue;
    await button.scrollIntoViewIfNeeded();
    await button.focus();
    await page.keyboard.press('Enter');
    await settled(page);
    const card = await page.evaluate(() => {
      const open = [...document.querySelectorAll(':popover-open')];
      const rect = open[0]?.getBoundingClientRect();
      return { open: open.length, fits: rect && rect.left >= -1 && rect.right <= innerWidth + 1 && rect.top >= -1 && rect.bottom <= innerHeight + 1, rect: JSON.stringify(rect) };
    });
    if (card.open !== 1) subject.fault(`Enter on a note opens ${card.open} cards`);
    else if (!card.fits) subject.fault(`a card does not fit the window: ${card.rect}`);
    await page.keyboard.press('Escape');
    if (await page.evaluate(() => document.querySelector(':popover-open') !== null)) subject.fault('Escape does not close a card');
    if (!(await button.evaluate((b) => b === document.activeElement))) subject.fault('a closed card does not give the focus back');
    await button.click();
    if (!(await page.evaluate(() => document.querySelector(':popover-open') !== null))) subject.fault('a click on a note opens nothing');
    await page.keyboard.press('Escape');
  }
}

async function copying(subject, page, context) {
  const buttons = await page.$$('main .item button:not([popovertarget])');
  const copy = [];
  for (const button of buttons.slice(0, 40)) if (/copy/i.test(await button.evaluate((b) => `${b.textContent} ${b.title} ${b.ariaLabel ?? ''}`))) copy.push(button);
  if (!copy.length) return subject.fault('no button copies a link');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const id = await copy[0].evaluate((b) => b.closest('[id]').id);
  await copy[0].focus();
  await page.keyboard.press('Enter');
  await page.waitForTimeout(100);
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  if (copied !== `${subject.url}#${id}`) subject.fault(`the link to #${id} is copied as ${copied}`);
}

async function hiddenTargets(subject, page) {
  const outlets = await page.$$eval('#switches select[name="outlets"] option', (all) => all.map((o) => o.value).filter(Boolean));
  for (const value of outlets.slice(0, 3)) {
    await page.selectOption('#switches select[name="outlets"]', value);
    await settled(page);
    const id = await page.evaluate(() => [...document.querySelectorAll('.item[id]')].find((item) => getComputedStyle(item).display === 'none')?.id);
    if (!id) continue;
    await page.evaluate((id) => (location.hash = `#${id}`), id);
    await landed(subject, page, id, 'hidden by a switch');
    const wrong = await page.evaluate(chosen, Object.fromEntries(await page.$$eval('#switches select', (all) => all.map((s) => [s.name, s.value]))));
    if (wrong.wrong.length) subject.fault('after a link to what was hidden the switches do not say what is shown');
    break;
  }
  await page.evaluate(() => (location.hash = '#pzzzzzzzzzz'));
  await page.waitForTimeout(150);
  const said = await page.evaluate(() => [...document.querySelectorAll('[role="status"],[aria-live],output')].map((e) => e.textContent).join(' '));
  if (!/not|no /i.test(said)) subject.fault(`a link to what is not on the page says “${said.trim()}”`);
}
