// A page in a browser that reports all it does beyond showing itself.
import { chromium } from 'playwright-core';
import { pathToFileURL } from 'node:url';

/** Starts the browser that `CHROMIUM` names. */
export function start() {
  const args = ['--disable-gpu', '--disable-dev-shm-usage'];
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  return chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args });
}

/** What was found to be wrong: the first of each kind, and how many there are like it. */
export class Faults {
  #found = new Map();

  add(where, what) {
    // Faults that differ only in where on the page they stand are of one kind.
    const kind = `${where}: ${what}`.replace(/#[\w-]+|“[^”]*”|<[^>]*>|\d+/g, '…');
    const { first, times } = this.#found.get(kind) ?? { first: `${where}: ${what}`, times: 0 };
    this.#found.set(kind, { first, times: times + 1 });
  }

  lines() {
    const lines = [...this.#found.values()].map(({ first, times }) => (times > 1 ? `${first} (and ${times - 1} more like it)` : first));
    return lines.sort();
  }
}

/** One file in a browser. `fault(what)` records against the file and the check that is under way. */
export class Subject {
  constructor(browser, file, name, faults) {
    Object.assign(this, { browser, file, name, faults, url: pathToFileURL(file).href, check: '' });
  }

  get isReport() {
    return this.file.endsWith('report.html');
  }

  fault(what) {
    this.faults.add(`${this.name} · ${this.check}`, what);
  }

  /** Something worth knowing that is no fault. */
  remark(what) {
    if (process.env.REMARKS) console.log(`  ${this.name} · ${this.check}: ${what}`);
  }

  /** Opens the page, works on it, and records what it should not have done meanwhile. */
  async with(options, work) {
    const { hash = '', width = 1280, height = 800, ...rest } = options;
    const context = await this.browser.newContext({ viewport: { width, height }, offline: true, ...rest });
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(5000);
      page.on('console', (message) => {
        if (['error', 'warning', 'assert'].includes(message.type())) this.fault(`console ${message.type()}: ${message.text()}`);
      });
      page.on('pageerror', (error) => this.fault(`script failed: ${error.message}`));
      page.on('dialog', (dialog) => {
        this.fault(`dialog: ${dialog.message()}`);
        dialog.dismiss();
      });
      page.on('popup', (popup) => this.fault(`opens ${popup.url()}`));
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith('data:') && url.split('#')[0] !== this.url) this.fault(`asks for ${url.slice(0, 120)}`);
      });
      await page.addInitScript(() => {
        window.__refused = [];
        addEventListener('securitypolicyviolation', (e) => window.__refused.push(`${e.violatedDirective} ${e.blockedURI}`));
      });
      await page.goto(this.url + hash, { waitUntil: 'load' });
      const result = await work(page, context);
      const { refused, ran } = await page.evaluate(() => ({ refused: window.__refused ?? [], ran: window.__pwned }));
      for (const what of refused) this.fault(`policy refuses ${what}`);
      if (ran !== undefined) this.fault(`text ran as a script: ${ran}`);
      return result;
    } finally {
      await context.close();
    }
  }
}

/** Opens everything that can be opened, so that all text is laid out. */
export async function openAll(page) {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
}

/** Waits until the page has drawn what was asked of it. */
export async function settled(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
