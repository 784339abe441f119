// A number with its noun.

const figures = new Intl.NumberFormat('en-GB');

/** 1,204 as people write it. */
export const figure = (value: number): string => figures.format(value);

/** "1 post", "31 posts". */
export const count = (value: number, one: string, many: string): string =>
  `${figure(value)} ${value === 1 ? one : many}`;
