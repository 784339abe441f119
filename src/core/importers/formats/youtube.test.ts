// Which tables of a Takeout are of videos, in whatever language they are written, and which of the videos everyone may see.
import { describe, expect, test } from 'vitest';
import { importTexts } from '../../../testing/importTexts.ts';

const FOLDER = 'Takeout/YouTube and YouTube Music';

test('comments, playlists, recordings and songs are no videos', async () => {
  const { posts, issues, tables, skipped } = await importTexts({
    [`${FOLDER}/comments/comments.csv`]:
      'Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text\n' +
      'UgxA,UCx,2023-09-19T17:42:53+00:00,0,,abcdefghijk,"{""text"":""A reader’s words""}"\n',
    [`${FOLDER}/playlists/Watch later-videos.csv`]:
      'Video ID,Playlist Video Creation Timestamp\nabcdefghijk,2024-03-01T10:00:00+00:00\n',
    [`${FOLDER}/video metadata/video recordings.csv`]:
      'Video ID,Video Recording Address,Video Recording Altitude\nabcdefghijk,,0\n',
    [`${FOLDER}/video metadata/video texts.csv`]:
      'Video ID,Video Text Create Timestamp,Video Title Text Segments 1\nabcdefghijk,2024-03-01T10:00:00+00:00,Seals\n',
    [`${FOLDER}/music (library and uploads)/music library songs.csv`]:
      'Video ID,Song Title,Album Title,Artist Name 1\nabcdefghijk,A Song,An Album,Somebody\n',
    [`${FOLDER}/playlists/playlists.csv`]:
      'Playlist ID,Add new videos to top,Playlist Title (Original),Playlist Title (Original) Language,Playlist Create Timestamp\n' +
      'PLabcdefghij,False,Boats,,2024-03-01T10:00:00+00:00\n',
  });
  expect(posts).toEqual([]);
  expect(issues).toEqual([]);
  expect(tables).toEqual([]);
  expect(skipped.map(({ reason }) => reason)).toEqual(Array.from({ length: 6 }, () => 'not-a-post'));
});

test('a table of no rows says nothing', async () => {
  const { issues, skipped } = await importTexts({
    [`${FOLDER}/video metadata/videos.csv`]: 'Video ID,Approx Duration (ms),Video Title (Original),Privacy\n',
    'reddit/scheduled_posts.csv': 'scheduled_post_id,subreddit,title,body,url,submission_time,recurrence\r\n',
  });
  expect(issues).toEqual([]);
  expect(skipped).toHaveLength(2);
});

/** Columns as Takeout names them; after those come the values of a row. */
const LANGUAGES = {
  English:
    'Video ID,Approx Duration (ms),Video Audio Language,Video Category,Video Description (Original),Channel ID,Tag 1,Tag 2,Video Title (Original),Privacy,Video State,Video Create Timestamp,Video Publish Timestamp',
  'English in other capitals':
    'Video ID,Approx duration (ms),Video audio language,Video category,Video description (original),Channel ID,Tag 1,Tag 2,Video title (original),Privacy,Video state,Video create timestamp,Video publish timestamp',
  German:
    'Video-ID,Ungefähre Dauer (ms),Audiosprache des Videos,Videokategorie,Videobeschreibung (Original),Kanal-ID,Tag: 1,Tag: 2,Videotitel (Original),Datenschutz,Videostatus,Zeitstempel bei Videoerstellung,Zeitstempel bei Videoveröffentlichung',
  Spanish:
    'ID de vídeo,Duración aproximada (ms),Idioma del audio del vídeo,Categoría del vídeo,Descripción del vídeo (original),ID de canal,Etiqueta (1),Etiqueta (2),Título del vídeo (original),Privacidad,Estado del vídeo,Marca de tiempo de creación del vídeo,Marca de tiempo de publicación del vídeo',
  Lithuanian:
    'Vaizdo įrašo ID,Apytikrė trukmė (ms),Vaizdo įrašo garso takelio kalba,Vaizdo įrašo kategorija,Vaizdo įrašo aprašas (originalas),Kanalo ID,1 žyma,2 žyma,Vaizdo įrašo pavadinimas (originalas),Privatumas,Vaizdo įrašo būsena,Vaizdo įrašo sukūrimo laiko žymė,Vaizdo įrašo paskelbimo laiko žymė',
  'a language with the bracket in front, and the languages of both texts':
    'Video Kimliği,Tahmini Süre (ms),Videonun Ses Dili,Video Kategorisi,Video Açıklaması (Orijinal),(Orijinal) Video Açıklaması Dili,Kanal Kimliği,Etiket 1,Etiket 2,Video Başlığı (Orijinal),(Orijinal) Video Başlığı Dili,Gizlilik,Video Durumu,Video Oluşturma Zaman Damgası,Video Yayınlama Zaman Damgası',
} as const;

const rowFor = (header: string, id: string, privacy: string): string => {
  const lang = header.includes('Dili,Kanal') ? ',tr' : '';
  return `${id},95000,en,Education,"About seals, and\nthe slip."${lang},UCx,seals,tides,"Seals, at noon"${lang},${privacy},Processed,2024-01-30T05:26:03.123+00:00,2024-02-01T08:00:00.5+00:00`;
};

describe('a Takeout in', () => {
  test.each(Object.entries(LANGUAGES))('%s', async (_, header) => {
    const { posts, issues } = await importTexts({
      'Takeout/YouTube/videos.csv': `${header}\n${rowFor(header, 'abc-e_ghijk', 'Public')}\n`,
    });
    expect(issues).toEqual([]);
    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatchObject({
      id: 'youtube/abc-e_ghijk',
      title: 'Seals, at noon',
      date: '2024-02-01T08:00:00+00:00',
      tags: ['seals', 'tides'],
      durationS: 95,
      url: 'https://www.youtube.com/watch?v=abc-e_ghijk',
    });
    expect(posts[0]?.text).toContain('About seals, and');
  });
});

test('only videos that are known to be public come in unasked', async () => {
  const header = LANGUAGES.German;
  const values = ['Öffentlich', 'Nicht gelistet', 'Privat', '', 'etwas Neues', 'Público', '公開', '限定公開'];
  const table = [header, ...values.map((value, index) => rowFor(header, `video00000${index}`, value))].join('\n');
  const files = { 'Takeout/YouTube/Video-Metadaten/Videos.csv': table };
  const { posts, skipped, issues } = await importTexts(files);
  expect(issues).toEqual([]);
  expect(posts.map(({ id }) => id)).toEqual(['youtube/video000000', 'youtube/video000005', 'youtube/video000006']);
  expect(skipped.map(({ reason }) => reason)).toEqual(Array.from({ length: 5 }, () => 'private'));
  expect((await importTexts(files, { include: ['private'] })).posts).toHaveLength(8);
});

test('a downloader’s words for who may see a video are heeded', async () => {
  const info = (availability: string | null): string =>
    JSON.stringify({
      id: 'abcdefghijk',
      title: 'Seals',
      description: 'About seals.',
      upload_date: '20240201',
      channel_id: 'UCx',
      webpage_url: 'https://www.youtube.com/watch?v=abcdefghijk',
      extractor: 'youtube',
      availability,
    });
  for (const seen of ['public', null])
    expect((await importTexts({ 'seals.info.json': info(seen) })).posts).toHaveLength(1);
  for (const seen of ['unlisted', 'subscriber_only', 'needs_auth'])
    expect((await importTexts({ 'seals.info.json': info(seen) })).skipped).toMatchObject([{ reason: 'private' }]);
});
