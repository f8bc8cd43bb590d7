// The page holds together: nothing sideways, nothing cut off, nothing on top of something else.
import { openAll, settled } from './session.mjs';

const WIDTHS = [320, 768, 1280];

export async function layout(subject) {
  const known = new Set();
  for (const width of WIDTHS) {
    await subject.with({ width, reducedMotion: 'reduce' }, async (page) => {
      for (const opened of [false, true]) {
        if (opened) await openAll(page);
        await settled(page);
        for (const what of await page.evaluate(faults)) {
          if (!known.has(what)) subject.fault(`${width} px${opened ? ', all open' : ''}: ${what}`);
          known.add(what);
        }
      }
    });
  }
}

/** Runs in the page. */
function faults() {
  const found = [];
  const named = (element) => {
    const id = element.closest('[id]')?.id;
    const kind = element.className?.baseVal ?? element.className;
    return `<${element.localName}${kind ? ` class="${kind}"` : ''}>${id ? ` in #${id}` : ''} “${element.textContent.trim().slice(0, 40)}”`;
  };
  const clips = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) if (getComputedStyle(at).overflowX !== 'visible') return at;
    return null;
  };
  const wholeWithFocus = (element) => {
    const stop = element.closest('tr,li,p,summary')?.querySelector('a[href],button,summary');
    stop?.focus({ preventScroll: true });
    const whole = !!stop && element.scrollWidth <= element.clientWidth + 1;
    stop?.blur();
    return whole;
  };
  const root = document.documentElement;
  // What script hides for the eye alone is one pixel wide.
  const forTheEye = (rect) => rect.width > 1.5 && rect.height > 1.5;
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.body.querySelectorAll('*')].filter((element) => {
      const rect = element.getBoundingClientRect();
      return forTheEye(rect) && rect.right > root.clientWidth + 1 && !clips(element.parentElement);
    });
    found.push(`the page scrolls sideways (${root.scrollWidth} px): ${wide.slice(-3).map(named).join('; ')}`);
  }
  for (const element of document.body.querySelectorAll('*')) {
    const style = getComputedStyle(element);
    if (style.overflowX === 'visible' || !element.checkVisibility() || style.clipPath !== 'none' || !forTheEye(element.getBoundingClientRect())) continue;
    const cut = element.scrollWidth > element.clientWidth + 1;
    // Words that are cut short with dots must come whole where the keys are.
    if (cut && style.textOverflow === 'ellipsis' && wholeWithFocus(element)) continue;
    if (cut && ['hidden', 'clip'].includes(style.overflowX) && element.localName !== 'svg') found.push(`cut off: ${named(element)}`);
    // A box that scrolls must be reached by keys.
    const reached = element.tabIndex >= 0 || element.querySelector('a[href],button,input,select,summary,[tabindex="0"]');
    if (cut && ['auto', 'scroll'].includes(style.overflowX) && !reached) found.push(`scrolls, but no key reaches it: ${named(element)}`);
  }
  // Boxes of text, each line by itself.
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim()) continue;
    const parent = node.parentElement;
    if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (getComputedStyle(parent).clipPath !== 'none' || parent.closest('.sr,style,script,title,desc,option')) continue;
    range.selectNodeContents(node);
    const frame = clips(parent)?.getBoundingClientRect() ?? { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
    for (const line of range.getClientRects()) {
      const rect = { left: Math.max(line.left, frame.left), right: Math.min(line.right, frame.right), top: Math.max(line.top, frame.top), bottom: Math.min(line.bottom, frame.bottom) };
      rect.height = rect.bottom - rect.top;
      if (rect.height > 1.5 && rect.right - rect.left > 1.5) boxes.push({ rect, parent });
    }
  }
  boxes.sort((a, b) => a.rect.top - b.rect.top);
  const overlaps = [];
  for (let i = 0; i < boxes.length && overlaps.length < 5; i++) {
    const a = boxes[i];
    for (let j = i + 1; j < boxes.length && boxes[j].rect.top < a.rect.bottom; j++) {
      const b = boxes[j];
      if (a.parent === b.parent || a.parent.contains(b.parent) || b.parent.contains(a.parent)) continue;
      const wide = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left);
      const high = Math.min(a.rect.bottom, b.rect.bottom) - b.rect.top;
      if (wide > 4 && high > 0.5 * Math.min(a.rect.height, b.rect.height)) overlaps.push(`${named(a.parent)} lies on ${named(b.parent)}`);
    }
  }
  found.push(...overlaps.slice(0, 5));
  for (const svg of document.querySelectorAll('svg')) {
    const frame = svg.getBoundingClientRect();
    if (!forTheEye(frame)) continue;
    const outside = [...svg.querySelectorAll('text')].filter((text) => {
      const rect = text.getBoundingClientRect();
      return forTheEye(rect) && (rect.left < frame.left - 2 || rect.right > frame.right + 2 || rect.top < frame.top - 2 || rect.bottom > frame.bottom + 2);
    });
    if (outside.length) found.push(`${outside.length} texts outside their chart, first ${named(outside[0])}`);
  }
  return [...new Set(found)].slice(0, 12);
}
