"""The probe texts: sixteen short inputs that between them touch what makes a backend go wrong."""

_LONG = (
    "We moved the search index out of the main database last month, and I promised to write down how it went. "
    "The old arrangement had one table, four triggers and a nightly job that nobody dared to touch. Whenever an "
    "author fixed a typo, the triggers rewrote every row that mentioned the post, and twice a week the job collided "
    "with the backup. The new arrangement is duller: a queue, a worker, and a file that can be thrown away and built "
    "again in nine minutes. We ran both side by side for three weeks and compared the first ten results of 1,200 "
    "real queries every night. They differed at first, because the old index counted words in captions twice. Once "
    "that was understood, we kept the better behaviour on purpose and told the editors about it. The switch itself "
    "was a flag and a cup of tea. What surprised me most was not the speed, although pages load in half the time, "
    "but how much calmer the weekly planning became once nobody had to plan around the nightly job."
)

_NEAR_A = (
    "Our office dog, Biscuit, turned five on Tuesday, and the whole team celebrated with carrots and a very small hat."
)
_NEAR_B = "Biscuit, our office dog, turned 5 on Tuesday; the whole team celebrated with carrots and a very small hat!"

PROBE_TEXTS: tuple[str, ...] = (
    "hello",
    "Lunch moved to one o'clock today.",
    "How do I roll back a database migration without losing the rows that were written since?",
    _LONG,
    _NEAR_A,
    _NEAR_B,
    "Crème brûlée à la façon de Zoë: vanille, œufs, ½ litre de crème, et beaucoup de patience.",
    "今日は新しい検索機能を公開しました。使ってみて感想を教えてください。",
    "Сегодня мы рассказываем, как команда перешла на недельные выпуски.",
    "الكتابة الواضحة تحتاج إلى وقت، لكنها توفر وقت القارئ.",
    "Shipped it 🚀🎉 thanks everyone 👩🏽‍💻👨‍🔧 see you on Monday ☕️",
    "Q3 2024: 1,284,090 visits (+17.3 %), 42 incidents, p95 = 318 ms, cost 0.0021 € each, "
    "ISO 8601: 2024-09-30T23:59:59Z.",
    "for (const [id, row] of rows.entries()) { if (row.score >= 0.75) kept.push({ id, ...row }); } // O(n)",
    "... --- !!! ??? ;;; (( )) [ ] { } « » “ ” … – — § ¶",
    " \t\n",
    "Donaudampfschifffahrtsgesellschaftskapitän antidisestablishmentarianism "
    "https://example.org/a/very/long/path?with=query&and=more#section-4.2 reply_to:someone@example.org",
)
