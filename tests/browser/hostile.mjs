// Nothing of an article or a list becomes part of the page's making: elements, attributes and addresses are those of the templates.
const ELEMENTS = new Set(
  ('html head meta title style script body a header nav main section article aside footer h1 h2 h3 h4 h5 h6 p div span ol ul li dl dt dd strong em b i small code pre kbd samp ' +
    'mark ins del sup sub q cite blockquote bdi bdo abbr time wbr br hr table caption colgroup col thead tbody tfoot tr th td details summary figure figcaption form fieldset ' +
    'legend label input select optgroup option button output dialog template noscript search svg g defs pattern clipPath desc text tspan line rect circle ellipse path polygon polyline').split(' '),
);
const ATTRIBUTES =
  /^(class|id|lang|dir|title|role|tabindex|scope|headers|href|rel|target|referrerpolicy|name|value|type|for|open|hidden|popover|popovertarget|popovertargetaction|content|charset|http-equiv|start|reversed|colspan|rowspan|span|datetime|checked|selected|disabled|multiple|placeholder|autocomplete|spellcheck|enterkeyhint|label|cite|inert|size|maxlength|min|max|step|aria-[a-z]+|data-[a-z0-9_-]+)$/;
const DRAWN =
  /^(xmlns|viewbox|width|height|x|y|x1|y1|x2|y2|cx|cy|r|rx|ry|dx|dy|d|points|fill|fill-opacity|fill-rule|stroke|stroke-.+|opacity|font-.+|text-anchor|dominant-baseline|transform|clip-path|style|textlength|lengthadjust|paint-order|preserveaspectratio|patternunits|patterntransform|clippathunits|vector-effect|xml:space|letter-spacing|shape-rendering|focusable)$/;

export async function hostile(subject) {
  await subject.with({ width: 320 }, async (page) => {
    const inside = await page.evaluate(() => {
      const tags = [];
      for (const e of document.querySelectorAll('*')) {
        for (const { name, value } of e.attributes) tags.push([e.localName, name.toLowerCase(), value, !!e.closest('svg')]);
        if (!e.attributes.length) tags.push([e.localName, '', '', false]);
      }
      return { tags, scripts: document.scripts.length, turned: /[\u202a-\u202e\u2066-\u2069]/.test(document.documentElement.outerHTML), title: document.title };
    });
    for (const [element, name, value, drawn] of inside.tags) {
      if (!ELEMENTS.has(element)) subject.fault(`holds <${element}>`);
      if (name && !ATTRIBUTES.test(name) && !(drawn && DRAWN.test(name))) subject.fault(`<${element}> has ${name}="${value.slice(0, 60)}"`);
      if (name === 'href' && !/^(#|https?:\/\/)/.test(value)) subject.fault(`<${element}> leads to ${value.slice(0, 60)}`);
      if (name === 'style' && /url|expression|position\s*:\s*fixed/i.test(value)) subject.fault(`style="${value.slice(0, 60)}"`);
      if (name === 'target' || (name === 'href' && /^https?:/.test(value))) subject.remark('has links that leave the page');
    }
    const away = await page.$$eval('a[href^="http"]', (all) => all.filter((a) => !/noreferrer/.test(a.rel) || !/noopener|noreferrer/.test(a.rel)).length);
    if (away) subject.fault(`${away} links to other places tell where one came from`);
    if (inside.scripts > 1) subject.fault(`${inside.scripts} scripts`);
    if (inside.turned) subject.fault('characters that turn the direction of writing');
  });
}
