// The icon of a post's kind, named for those who don't see it.
import FileText from 'lucide-react/icons/file-text';
import StickyNote from 'lucide-react/icons/sticky-note';
import Video from 'lucide-react/icons/square-play';
import type { PostKind } from '../../core/index.ts';
import { text } from '../text.ts';

const icons = { post: FileText, note: StickyNote, video: Video } as const satisfies Record<PostKind, unknown>;

export function KindIcon({ kind, size = 15 }: { kind: PostKind; size?: number }) {
  const Icon = icons[kind];
  const name = text.write.suggestion.kinds[kind];
  return (
    <span className="kind-icon" role="img" aria-label={name} title={name}>
      <Icon size={size} strokeWidth={1.75} aria-hidden />
    </span>
  );
}
