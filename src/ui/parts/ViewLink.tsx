// A link to another view of this page.
import type { AnchorHTMLAttributes } from 'react';
import { hrefOf } from '../../app/route.ts';
import type { View } from '../../app/route.ts';

export interface ViewLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  view: View;
}

export function ViewLink({ view, children, ...rest }: ViewLinkProps) {
  return (
    <a href={hrefOf(view)} {...rest}>
      {children}
    </a>
  );
}
