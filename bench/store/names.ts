/** The contender that the others are compared with. */
export const OURS = 'Kindred';
