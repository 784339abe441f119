// A post's text, rendered from its structure: never from markup of others.
import type { JSX } from 'react';
import type { ReaderPassage } from '../../app/reader.ts';
import type { Post, Span, TextBlock } from '../../core/index.ts';
import { atSecond, clock } from '../format/time.ts';
import { text } from '../text.ts';
import { groupBlocks, segments } from './segments.ts';

export interface PostBodyProps {
  post: Post;
  passage: ReaderPassage;
  /** The sentence of the passage that is closest to the draft. */
  closest: Span | null;
}

export function PostBody({ post, passage, closest }: PostBodyProps) {
  const matched = passage !== null && passage.end > passage.start ? passage : null;
  const inline = (block: TextBlock): JSX.Element[] =>
    segments(block, post.links, matched, closest).map(
      ({ start, end, href, matched: inPassage, closest: isClosest }) => {
        const said = post.text.slice(start, end);
        const linked = href === null ? said : <Anchor href={resolve(href, post.url)}>{said}</Anchor>;
        return inPassage ? (
          <mark
            key={start}
            data-passage
            data-closest={isClosest || undefined}
            title={isClosest ? text.reader.closest : undefined}
          >
            {linked}
          </mark>
        ) : (
          <span key={start}>{linked}</span>
        );
      },
    );

  return (
    <div className="post-body">
      {groupBlocks(post.blocks).map((group, index) => {
        if (group.kind === 'list') {
          return (
            <ul key={index}>
              {group.blocks.map((block) => (
                <li key={block.start} style={{ marginInlineStart: `${((block.level ?? 1) - 1) * 1.25}rem` }}>
                  {inline(block)}
                </li>
              ))}
            </ul>
          );
        }
        if (group.kind === 'cues') {
          return (
            <ol key={index} className="post-body__cues">
              {group.blocks.map((block) => (
                <li key={block.start}>
                  <CueTime seconds={block.startS ?? 0} url={post.url} />
                  <span>{inline(block)}</span>
                </li>
              ))}
            </ol>
          );
        }
        return group.blocks.map((block) => <Single key={block.start} block={block} inline={inline} />);
      })}
    </div>
  );
}

function Single({ block, inline }: { block: TextBlock; inline: (block: TextBlock) => JSX.Element[] }) {
  if (block.kind === 'heading') {
    // The reader's own heading is the second level: a post's headings stand below it.
    return (block.level ?? 2) <= 2 ? <h3>{inline(block)}</h3> : <h4>{inline(block)}</h4>;
  }
  if (block.kind === 'quote') return <blockquote>{inline(block)}</blockquote>;
  if (block.kind === 'code') {
    return (
      <pre tabIndex={0}>
        <code>{inline(block)}</code>
      </pre>
    );
  }
  return <p>{inline(block)}</p>;
}

function CueTime({ seconds, url }: { seconds: number; url: string | null }) {
  const time = clock(seconds);
  if (url === null) return <span className="post-body__time figures">{time}</span>;
  return (
    <a
      className="post-body__time figures"
      href={atSecond(url, seconds)}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={text.reader.atTime(time)}
    >
      {time}
    </a>
  );
}

function Anchor({ href, children }: { href: string | null; children: string }) {
  if (href === null) return <>{children}</>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

/** Addresses within a site start from the post's own; what can't be followed stays words. */
function resolve(href: string, base: string | null): string | null {
  try {
    const url = new URL(href, base ?? undefined);
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
