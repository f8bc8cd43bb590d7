// On paper: no switches, the caution and the notes, all the text.
import { openAll } from './session.mjs';

/** What is left of A4 and Letter between usual margins. */
const SHEET = 680;

export async function paper(subject) {
  const screen = await subject.with({ width: SHEET }, async (page) => {
    await openAll(page);
    return page.evaluate(words);
  });
  await subject.with({ width: SHEET }, async (page) => {
    await page.emulateMedia({ media: 'print' });
    const { controls, caution, cut, wide, notes } = await page.evaluate(() => {
      const seen = (e) => e.checkVisibility() && e.getBoundingClientRect().height > 1;
      const name = (e) => `${e.outerHTML.slice(0, 80)}`;
      return {
        controls: [...document.querySelectorAll('button,select,input,textarea,[role="search"],dialog')].filter((e) => seen(e) && !e.closest('thead') && !e.matches('.note')).map(name),
        caution: [...document.querySelectorAll('.caution')].some(seen),
        cut: [...document.querySelectorAll('body *')].filter((e) => {
          const { overflowX, clipPath } = getComputedStyle(e);
          return overflowX !== 'visible' && clipPath === 'none' && e.localName !== 'svg' && e.scrollWidth > e.clientWidth + 1 && seen(e);
        }).map((e) => `${name(e)} (${e.scrollWidth} px of ${e.clientWidth})`),
        wide: document.documentElement.scrollWidth > document.documentElement.clientWidth ? document.documentElement.scrollWidth : 0,
        notes: [...document.querySelectorAll('.notes')].filter((e) => !e.closest('details') && !seen(e)).length,
      };
    });
    for (const what of controls.slice(0, 5)) subject.fault(`a control is printed: ${what}`);
    if (!caution && subject.isReport) subject.fault('the caution is not printed');
    for (const what of cut.slice(0, 5)) subject.fault(`cut off on paper: ${what}`);
    if (wide) subject.fault(`wider than the sheet: ${wide} px of ${SHEET}`);
    if (notes) subject.fault(`${notes} lists of notes are not printed`);
    const printed = await page.evaluate(words);
    const lost = screen.filter((word) => !printed.includes(word));
    // What is folded on the screen may stay folded on paper, as the reader left it; open text may not be lost.
    const folded = await page.evaluate(() => [...document.querySelectorAll('details:not([open])')].map((d) => d.textContent).join(' '));
    const really = lost.filter((word) => !folded.includes(word));
    if (really.length) subject.fault(`${really.length} words of the page are not printed: ${really.slice(0, 12).join(' ')}`);
    const pdf = await page.pdf({ format: 'A4', margin: { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' } });
    const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
    if (!sheets) subject.fault('nothing is printed');
    subject.remark(`${sheets} sheets of A4`);
  });
}

/** Runs in the page: the different words of what can be read, the controls' own aside. */
function words() {
  for (const e of document.querySelectorAll('main :not(th) > button:not(.note),select,label,nav,search,.skip,dialog,[popover],[role="radiogroup"]')) if (!e.querySelector('.witness')) e.hidden = true;
  return [...new Set(document.body.innerText.match(/\p{L}+/gu))];
}
