// Which post links to which, however addresses are written and in whatever order posts come.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinkGraph, type LinkingPost } from './linkGraph.ts';

const post = (id: string, url: string | null, ...hrefs: string[]): LinkingPost => ({
  id,
  url,
  links: hrefs.map((href) => ({ href })),
});

function graphOf(...posts: LinkingPost[]): LinkGraph {
  const graph = new LinkGraph();
  for (const one of posts) graph.put(one);
  return graph;
}

describe('the graph of links', () => {
  it.each([
    ['the same address', 'https://example.org/tides/', 'https://example.org/tides/'],
    [
      'another way of writing it',
      'https://www.example.org/tides/',
      'http://example.org/tides/index.html?from=feed#top',
    ],
    ['a path on the same host', 'https://example.org/tides/', '/tides'],
    ['a path beside it', 'https://example.org/tides/', '../tides.html'],
  ])('finds a link by %s', (_, url, href) => {
    const graph = graphOf(post('rota', 'https://example.org/rota/', href), post('tides', url));
    expect([...graph.linkingTo('tides')]).toEqual(['rota']);
    expect([...graph.linkedFrom('rota')]).toEqual(['tides']);
  });

  it('joins posts known by their path with links to any host, and the other way round', () => {
    const graph = graphOf(post('a', '/a/', 'https://example.org/b/'), post('b', '/b/', '/a'), post('c', null, '/a/'));
    expect([...graph.linkingTo('b')]).toEqual(['a']);
    expect([...graph.linkingTo('a')].sort()).toEqual(['b', 'c']);
  });

  it('keeps hosts apart, counts a post once and never itself', () => {
    const graph = graphOf(
      post('a', 'https://one.org/a', 'https://two.org/b', 'https://one.org/a#part', '#part', 'mailto:a@one.org'),
      post('b', 'https://one.org/b', '/a', '/a/', 'https://one.org/a.html'),
    );
    expect([...graph.linkingTo('b')]).toEqual([]);
    expect([...graph.linkingTo('a')]).toEqual(['b']);
    expect([...graph.linkedFrom('a')]).toEqual([]);
  });

  it('says after any changes what one built afresh says', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const change = fc.record({
      id: fc.constantFrom(...ids),
      gone: fc.boolean(),
      links: fc.array(fc.constantFrom('/a', '/b', 'https://x.org/c', '/d/', '/nowhere'), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
        const graph = new LinkGraph();
        const left = new Map<string, LinkingPost>();
        for (const { id, gone, links } of changes) {
          if (gone) {
            graph.remove(id);
            left.delete(id);
          } else {
            const one = post(id, `https://x.org/${id}`, ...links);
            graph.put(one);
            left.set(id, one);
          }
        }
        const fresh = graphOf(...left.values());
        for (const id of ids) {
          expect(new Set(graph.linkingTo(id))).toEqual(new Set(fresh.linkingTo(id)));
          expect(new Set(graph.linkedFrom(id))).toEqual(new Set(fresh.linkedFrom(id)));
        }
      }),
    );
  });
});
