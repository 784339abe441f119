// What every end-to-end test starts with: the page as a person opens it, and helpers named after what a person does.
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { text } from '../../src/ui/text.ts';

export { expect, text };

/** Embedding a large blog takes a slow machine minutes. */
export const EMBEDDING_TIMEOUT_MS = 1_500_000;

export class Kindred {
  readonly page: Page;
  readonly title: Locator;
  readonly body: Locator;
  readonly panel: Locator;
  readonly grid: Locator;

  constructor(page: Page) {
    this.page = page;
    this.title = page.getByRole('textbox', { name: text.write.title, exact: true });
    this.body = page.getByRole('textbox', { name: text.write.body });
    this.panel = page.getByRole('complementary', { name: text.write.panel.title });
    this.grid = page.getByRole('grid', { name: text.library.list.label });
  }

  async open(path = '/'): Promise<void> {
    await this.page.goto(path);
    await expect(this.title).toBeVisible();
  }

  async goTo(view: keyof typeof text.shell.views): Promise<void> {
    await this.page
      .getByRole('navigation', { name: text.shell.navigation })
      .getByRole('link', { name: text.shell.views[view] })
      .click();
    if (view === 'write') await expect(this.title).toBeVisible();
    else await expect(this.page.getByRole('heading', { level: 1, name: text.shell.views[view] })).toBeVisible();
  }

  /** Suggestions of a section of the panel, best first. */
  suggestions(section: 'draft' | 'paragraph' = 'draft'): Locator {
    return this.panel.getByRole('region', { name: text.write.panel[section] }).getByRole('listitem');
  }

  suggestion(title: string | RegExp): Locator {
    return this.panel.getByRole('listitem').filter({ has: this.page.getByRole('heading', { name: title }) });
  }

  async newDraft(title: string, body: string): Promise<void> {
    await this.page.getByRole('button', { name: text.write.drafts.button }).click();
    await this.page.getByRole('button', { name: text.write.drafts.create }).click();
    await this.title.fill(title);
    await this.body.click();
    await this.page.keyboard.insertText(body);
  }

  /** Loads the page and waits for the parts of page and worker that are fetched ahead: after it nothing needs a network. */
  async loadWhole(load: () => Promise<unknown>): Promise<void> {
    const parts = [
      /\/DraftsMenu-[^/]*\.js/,
      /\/CommandDialog-[^/]*\.js/,
      /\/feeds-[^/]*\.js/,
      /\/fieldLanguages-[^/]*\.js/,
    ];
    const fetched = parts.map((part) =>
      this.page.waitForEvent('requestfinished', { predicate: (request) => part.test(request.url()), timeout: 60_000 }),
    );
    await Promise.all([load(), ...fetched]);
  }

  /** One import at a time: at a first visit the demo comes in first. */
  private async readyToImport(): Promise<void> {
    await this.goTo('library');
    await expect(this.page.getByRole('button', { name: text.library.add.files })).toBeEnabled();
  }

  async chooseFolder(folder: string): Promise<void> {
    await this.readyToImport();
    await this.page.getByTestId('choose-folder').first().setInputFiles(folder);
  }

  async chooseFiles(files: string[] | { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
    await this.readyToImport();
    await this.page.getByTestId('choose-files').first().setInputFiles(files);
  }

  /** The figure or words of one line of Status, the view being open. */
  fact(term: string): Locator {
    return this.page
      .locator('dl > div')
      .filter({ has: this.page.getByRole('term').filter({ hasText: term }) })
      .getByRole('definition');
  }

  /** Waits until every passage has a vector, and answers how many were computed since the page was opened. */
  async embeddedNow(): Promise<number> {
    await this.goTo('status');
    const { vectors, allEmbedded, session } = text.status.posts;
    await expect(this.fact(vectors)).toContainText(allEmbedded, { timeout: EMBEDDING_TIMEOUT_MS });
    const figure = /[\d,]+/.exec(await this.fact(session).innerText());
    return Number(figure?.[0].replaceAll(',', ''));
  }
}

export const test = base.extend<{ kindred: Kindred }>({
  kindred: async ({ page }, use) => {
    await use(new Kindred(page));
  },
});
