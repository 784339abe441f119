// Words of the Status view.

export const status = {
  heading: 'Status',
};
