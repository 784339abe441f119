// Languages told from texts of our own, of a few sentences each.
import { describe, expect, it } from 'vitest';
import { makePost } from '../../testing/makePost.ts';
import { languageOf } from './language.ts';

const TEXTS: Record<string, string> = {
  en: 'The ferry waits for the tide, and while it waits the baker brings bread down to the slip for everybody on board.',
  de: 'Die Fähre wartet auf die Flut, und während sie wartet, bringt der Bäcker allen an Bord frisches Brot hinunter.',
  fr: 'Le bac attend la marée, et pendant qu’il attend, le boulanger apporte du pain à tous ceux qui sont à bord.',
  es: 'El transbordador espera la marea y, mientras espera, el panadero lleva pan a todos los que están a bordo.',
  nl: 'De veerboot wacht op het tij, en terwijl hij wacht brengt de bakker brood naar iedereen die aan boord is.',
  it: 'Il traghetto aspetta la marea e, mentre aspetta, il fornaio porta il pane a tutti quelli che sono a bordo.',
  pl: 'Prom czeka na przypływ, a kiedy czeka, piekarz przynosi chleb wszystkim, którzy są już na pokładzie.',
  el: 'Το πορθμείο περιμένει την παλίρροια και όσο περιμένει ο φούρναρης φέρνει ψωμί σε όλους.',
  tr: 'Feribot gelgiti bekliyor ve o beklerken fırıncı gemideki herkese sıcak ekmek getiriyor, sonra fırınına geri dönüyor.',
  ja: '渡し船は潮を待っています。待っているあいだに、パン屋さんが船に乗っているみんなにパンを持ってきてくれます。',
  ar: 'تنتظر العبارة المد، وبينما هي تنتظر يحمل الخباز الخبز إلى كل من هو على متنها في الصباح الباكر، ثم يعود إلى الفرن ليخبز المزيد قبل أن يحل المساء.',
};

describe('languageOf', () => {
  it.each(Object.entries(TEXTS))('tells %s', (tag, text) => {
    expect(languageOf({ title: '', summary: '', text, blocks: makePost('a', text).blocks })).toBe(tag);
  });

  it('looks past code and addresses', () => {
    const text = `${TEXTS['de'] ?? ''}\n\n${'const value = await this.that(); return other; '.repeat(20)}`;
    const post = makePost('a', text, { title: 'https://example.org/the/english/words/of/an/address' });
    post.blocks.at(-1)!.kind = 'code';
    post.blocks.reverse();
    expect(languageOf(post)).toBe('de');
  });

  it('says nothing of what is too short or no language', () => {
    expect(languageOf(makePost('a', 'Ada Lovelace, Grace Hopper', { title: '' }))).toBeNull();
    expect(languageOf(makePost('a', '1815 – 1852', { title: '' }))).toBeNull();
    expect(languageOf(makePost('a', '', { title: '' }))).toBeNull();
  });
});
