// Words of the Library view.

export const library = {
  heading: 'Library',
};
