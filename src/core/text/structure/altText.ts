// The words that stand for a picture.

const FILE_NAME = /^\S*[\d_./-]\S*$/;

/** Alternative text worth reading: nothing for a file name, which many editors fill in. */
export function altText(alt: string): string {
  const text = alt.trim();
  return text.length < 200 && FILE_NAME.test(text) ? '' : text;
}
