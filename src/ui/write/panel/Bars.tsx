// A few things, each with a thin bar for how much it weighs; the order says it too, so the bars are for the eye alone.
export interface Bar {
  name: string;
  /** 0 to 1. */
  share: number;
}

/** Nothing for no bars. `against`: what they show counts against. */
export function Bars({ title, bars, against = false }: { title: string; bars: readonly Bar[]; against?: boolean }) {
  if (bars.length === 0) return null;
  return (
    <section className={against ? 'bars bars--against' : 'bars'}>
      <h5 className="bars__title">{title}</h5>
      <ol>
        {bars.map(({ name, share }) => (
          <li key={name} className="bars__row">
            <span>{name}</span>
            <span className="bars__bar" aria-hidden>
              <span style={{ inlineSize: `${Math.round(share * 100)}%` }} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
