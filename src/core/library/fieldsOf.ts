// Values of unknown shape, as they come from a disk, a message or a host.

/** The fields of a value, each to be checked; none of what has no fields. */
export const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
