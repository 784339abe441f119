// Posts that the fixtures of every format are written from, each to the format's own specification and with the fields that its real
// exporter writes.

export interface ExportItem {
  /** From 1; every id and address is made of it. */
  number: number;
  title: string;
  /** The body as HTML, for formats that carry it. */
  html: string;
  /** The same body without markup, paragraphs parted by blank lines. */
  text: string;
  /** ISO 8601 with zone, whole seconds. */
  date: string;
  tags: string[];
  state: 'public' | 'draft' | 'private' | 'reply';
}

export type ExportFiles = Record<string, string | Uint8Array<ArrayBuffer>>;

export interface ExportFormat {
  /** As in the table of importers; several may share one importer. */
  name: string;
  write(items: readonly ExportItem[]): ExportFiles | Promise<ExportFiles>;
  /** What of an item the format carries, and so must come back. */
  carries: { title: boolean; date: 'second' | 'day' | 'none'; tags: boolean; html: boolean };
  /** What the format can tell of its posts; the others are never written. */
  states: readonly ExportItem['state'][];
  /** What breaks one item in the middle of the file; absent where one file is one post. */
  breakItem?: (files: ExportFiles) => ExportFiles;
  /** Not text: no encoding to get wrong. */
  isBinary?: true;
}

export const makeItem = (number: number, change: Partial<ExportItem> = {}): ExportItem => {
  const words = `Post ${number} is about the tide table of harbour ${number}. The second boat waits for high water.`;
  const more = `On day ${number} the ferry “Skerra” crossed twice – café au lait, naïve façades, 潮汐, and a seal.`;
  return {
    number,
    title: `Tide table ${number}`,
    html: `<p>${words}</p>\n<p>${more}</p>`,
    text: `${words}\n\n${more}`,
    date: new Date(Date.UTC(2020, 0, 1, 9, 30, 15) + number * 86_400_000).toISOString().replace('.000Z', 'Z'),
    tags: ['Tides', `Harbour ${number}`],
    state: 'public',
    ...change,
  };
};

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

export const csvCell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

export const csvFile = (columns: readonly string[], rows: readonly string[][]): string =>
  [columns.join(','), ...rows.map((row) => row.map(csvCell).join(','))].join('\r\n') + '\r\n';

/** "2020-01-02 09:30:15", as databases write it, in a zone so many minutes east of Greenwich. */
export const databaseTime = (iso: string, minutesEast = 0): string =>
  new Date(Date.parse(iso) + minutesEast * 60_000).toISOString().slice(0, 19).replace('T', ' ');
