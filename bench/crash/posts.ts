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
export function fileOf(post: PostVersion): { path: string; text: string } {
  const { n } = post;
  const same = `The gull${n} sits on pile${n} while wind${n} blows over the slip and the ferry waits. `.repeat(8);
  const own =
    `Near ${wordOf(post)} the bell of mooring${n} rings ${wordOf(post)} times and ${wordOf(post)} again. `.repeat(8);
  const text = `---\ntitle: ${titleOf(post)}\ndate: 2024-01-01\n---\n\n${same}\n\n${own}\n`;
  return { path: `p${n}.md`, text };
}

export const draftOf = (post: PostVersion): { title: string; body: string } => ({
  title: titleOf(post),
  body: `${wordOf(post)} near mooring${post.n}, where gull${post.n} sits on pile${post.n} by ${wordOf(post)}.`,
});
