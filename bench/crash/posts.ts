// The posts of the crash test: which version of a post is there can be read from its words.

export interface PostVersion {
  n: number;
  version: number;
}

export const SOURCE = 'crash';
export const idOf = (n: number): string => `${SOURCE}/p${n}.md`;
export const titleOf = ({ n, version }: PostVersion): string => `Gull${n} lands, version ${version}`;

/** A word that no other version of a post has. */
const wordOf = ({ n, version }: PostVersion): string => `buoy${n}x${version}`;

/** The first paragraph stays the same in every version, so that its vector can be kept. */
function bodyOf(post: PostVersion): string {
  const { n } = post;
  const same = `The gull${n} sits on pile${n} while wind${n} blows over the slip and the ferry waits. `.repeat(8);
  const own =
    `Near ${wordOf(post)} the bell of mooring${n} rings ${wordOf(post)} times and ${wordOf(post)} again. `.repeat(8);
  return `${same}\n\n${own}`;
}

export function fileOf(post: PostVersion): { path: string; text: string } {
  const text = `---\ntitle: ${titleOf(post)}\ndate: 2024-01-01\n---\n\n${bodyOf(post)}\n`;
  return { path: `p${post.n}.md`, text };
}

/**
 * What finds a post if it can be found at all: its own words, which it has said already. All posts are much alike, so whether a
 * draft that is only about one is sure enough to be shown depends on which others it is compared with.
 */
export const draftOf = (post: PostVersion): { title: string; body: string } => ({
  title: titleOf(post),
  body: bodyOf(post),
});
