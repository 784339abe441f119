// Whether a build is that of the site: the benches build pages of their own with the same configuration.
import type { ResolvedConfig } from 'vite';

export const isSiteBuild = ({ build }: ResolvedConfig): boolean => build.rolldownOptions.input === undefined;
