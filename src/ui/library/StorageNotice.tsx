// Shown only when posts may be lost or no longer fit: what that means and what to do.
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useLibraryStatus } from '../../app/hooks.ts';
import type { StorageState } from '../../core/index.ts';
import { text } from '../text.ts';
import './StorageNotice.css';

/** Browsers begin to refuse writes a little before the quota. */
const NEARLY_FULL = 0.95;

function trouble({ kind, reason, usedBytes, quotaBytes }: StorageState): { what: string; remedy: string } | null {
  const words = text.library.notices;
  const full = usedBytes !== null && quotaBytes !== null && quotaBytes > 0 && usedBytes / quotaBytes >= NEARLY_FULL;
  if (kind === 'memory') {
    return { what: full ? words.full : words.memory, remedy: reason ?? text.errors['storage-missing'].remedy };
  }
  return full ? { what: words.full, remedy: words.fullRemedy } : null;
}

export function StorageNotice() {
  const status = useLibraryStatus();
  const found = status === null ? null : trouble(status.storage);
  if (found === null) return null;
  return (
    <section className="storage-notice" role="note">
      <TriangleAlert size={17} strokeWidth={1.75} aria-hidden />
      <div>
        <p className="storage-notice__what">{found.what}</p>
        <p>{found.remedy}</p>
      </div>
    </section>
  );
}
