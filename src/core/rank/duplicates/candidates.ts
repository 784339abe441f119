// Which of the posts that answer a draft are looked at as near-duplicates.

/** Best by words and meaning together. Of 698 pairs of one talk given twice, 687 are among the best 16 by words of 13,751. */
export const CANDIDATES = 16;
